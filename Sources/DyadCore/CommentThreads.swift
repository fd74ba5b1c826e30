/// Finds which comment answers which.
public enum CommentThreads {
    /// Comments with the place of the one each answers: the last before it by the author it addresses, by the whole name
    /// or, as "Sione" for "Sione (Nuku'alofa)", by the first word of it.
    public static func linked(_ comments: [Comment]) -> [(comment: Comment, parent: Int?)] {
        var last: [String: Int] = [:], lastByFirstWord: [String: Int] = [:]
        return comments.enumerated().map { position, comment in
            let parent = comment.replyTo.flatMap { last[key($0)] ?? lastByFirstWord[firstWord($0)] }
            if let author = comment.author {
                last[key(author)] = position
                lastByFirstWord[firstWord(author)] = position
            }
            return (comment, parent)
        }
    }

    private static func firstWord(_ name: String) -> String {
        key(String(name.split { !$0.isLetter && !$0.isNumber }.first ?? ""))
    }

    private static func key(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
}
