import DyadCore
import DyadIngest
import Foundation
import Testing

@Suite struct EncodingTests {
    @Test(
        arguments: [
            ("turkish-1254.txt", "windows-1254", "Şule Çağlayan"),
            ("turkish-8859-9.txt", "windows-1254", "Şule Çağlayan"),
            ("turkish-utf8.txt", nil, "Şule Çağlayan"), ("turkish-utf16.txt", "utf-16le", "Şule Çağlayan"),
            ("arabic-1256.txt", "windows-1256", "وزير الخارجية"), ("russian-1251.txt", "windows-1251", "Лиссабоне"),
            ("german-1252.txt", "windows-1252", "Außenminister"),
            ("turkish-names-1254.txt", "windows-1254", "Işık and Güneş"),
            ("turkish-undeclared.html", "windows-1254", "Bakanlar buluştu"),
            ("arabic-mislabelled.html", nil, "وزير الخارجية"),
        ] as [(String, String?, String)])
    func decidesTheEncoding(_ name: String, _ encoding: String?, _ words: String) throws {
        let document = try DocumentReader(languages: Samples.languages).read(file: Samples.url(name))
        #expect(document.encoding == encoding)
        #expect(Samples.text(document).contains(words))
        #expect(!Samples.text(document).contains("\u{FFFD}"))
    }

    @Test(arguments: [
        ([0x93, 0x4E, 0x6F, 0x94, 0x20, 0x73, 0x61, 0x69, 0x64], "“No” said"),
        ([0x63, 0x61, 0x66, 0xE9], "café"), ([0x61, 0xA3, 0x35], "a£5"),
    ]) func takesWesternSignsForWestern(_ bytes: [UInt8], _ text: String) throws {
        let document = try DocumentReader(languages: Samples.languages).read(bytes: bytes, name: "a.txt")
        #expect(Samples.text(document) == text)
    }

    @Test func whatComesWithTheBytesIsTakenWhenTheyAreNoUTF8() throws {
        let reader = DocumentReader(languages: Samples.languages)
        let bytes: [UInt8] = [0xC4, 0xC1]
        #expect(Samples.text(try reader.read(bytes: bytes, name: "a", declared: "koi8-r")) == "да")
        #expect(Samples.text(try reader.read(bytes: Array("да".utf8), name: "a", declared: "koi8-r")) == "да")
        #expect(
            Samples.text(try reader.read(bytes: [0x41, 0xC3, 0x9C, 0xFF, 0xC3, 0xBC], name: "a", declared: "utf-8"))
                == "AÜ\u{FFFD}ü")
    }

    @Test func namesTheLanguageOfEachBlock() throws {
        let article = try #require(try Samples.articles("mixed-languages.txt").first)
        let coded = article.codedBlocks.map { article.document.text($0.span) }
        #expect(coded.contains { $0.contains("Turkey and Portugal agreed") })
        #expect(coded.contains { $0.contains("students would profit") })
        #expect(article.foreignBlocks.compactMap(\.language) == ["tr", "ar"])
        #expect(article.diagnostics.contains { $0.summary.contains("1 in Arabic, 1 in Turkish") })
    }

    @Test(arguments: [
        ("tr", "Bakanlık sözcüsü, iki ülke arasındaki anlaşmanın önümüzdeki hafta imzalanacağını açıkladı."),
        (
            "fr",
            "Le porte-parole du ministère a annoncé que l'accord entre les deux pays serait signé la semaine prochaine."
        ),
        (
            "de",
            "Der Sprecher des Ministeriums kündigte an, dass das Abkommen in der nächsten Woche unterzeichnet wird."
        ),
        ("es", "El portavoz del ministerio anunció que el acuerdo entre los dos países se firmará la próxima semana."),
        ("ar", "أعلن المتحدث باسم الوزارة أن الاتفاق بين البلدين سيوقع الأسبوع المقبل."),
        ("fa", "سخنگوی وزارتخانه اعلام کرد که توافق میان دو کشور هفته آینده امضا می‌شود."),
        ("ur", "وزارت کے ترجمان نے اعلان کیا کہ دونوں ملکوں کے درمیان معاہدے پر اگلے ہفتے دستخط ہوں گے۔"),
        (
            "ru",
            "Представитель министерства сообщил, что соглашение между странами будет подписано на следующей неделе."
        ),
        ("uk", "Речник міністерства повідомив, що угоду між країнами буде підписано наступного тижня."),
        ("zh", "外交部发言人表示，两国将于下周签署协议。"), ("ja", "外務省の報道官は、両国が来週協定に署名すると発表した。"),
        ("ko", "외교부 대변인은 양국이 다음 주에 협정에 서명할 것이라고 밝혔다."),
    ]) func tellsLanguagesApart(_ language: String, _ text: String) throws {
        let article = try #require(
            try ArticleReader(folder: Samples.data).read(
                Document(name: "a", text: "Headline of the day\n\n" + text + "\n")
            ).first)
        #expect(article.blocks.compactMap(\.language) == [language])
    }

    @Test(arguments: [
        "Erdoğan, Çavuşoğlu and Şimşek met Abdollahian and Muqtada al-Sadr in Diyarbakır, Şanlıurfa and Erbil.",
        "\"Inshallah,\" said Qureshi; the Jamaat-ud-Dawa and Hizb-ut-Tahrir did not comment.",
        "Pyongyang, Seoul, Tokyo, Beijing, Hanoi, Manila, Jakarta, Kuala Lumpur and Bandar Seri Begawan were told.",
        "KARACHI", "Türk Eximbank", "1,234.50 (2019)",
    ]) func englishWithForeignNamesStaysEnglish(_ text: String) throws {
        let articles = try ArticleReader(folder: Samples.data).read(Document(name: "a", text: text + "\n"))
        #expect(articles.flatMap(\.blocks).allSatisfy { $0.language == nil })
    }
}
