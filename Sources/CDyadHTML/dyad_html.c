#include "dyad_html.h"

#include <limits.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

struct dyad_html_reading {
    const dyad_html_handler *handler;
    htmlParserCtxtPtr context;
};

typedef struct dyad_html_reading dyad_html_reading;

// What precedes the buffer's base was dropped by the parser and is counted in `consumed`.
static size_t position(const dyad_html_reading *reading) {
    const xmlParserInput *input = reading->context->input;
    return input ? (size_t)input->consumed + (size_t)(input->cur - input->base) : 0;
}

static void on_start(void *data, const xmlChar *name, const xmlChar **attributes) {
    dyad_html_reading *reading = data;
    if (!reading->handler->start(reading->handler->data, name, attributes, position(reading))) xmlStopParser(reading->context);
}

static void on_end(void *data, const xmlChar *name) {
    dyad_html_reading *reading = data;
    (void)name;
    reading->handler->end(reading->handler->data, position(reading));
}

static void on_text(void *data, const xmlChar *text, int count) {
    dyad_html_reading *reading = data;
    reading->handler->text(reading->handler->data, text, (size_t)count, position(reading));
}

static void on_script(void *data, const xmlChar *text, int count) {
    dyad_html_reading *reading = data;
    reading->handler->script(reading->handler->data, text, (size_t)count, position(reading));
}

static void on_comment(void *data, const xmlChar *text) {
    dyad_html_reading *reading = data;
    (void)text;
    reading->handler->comment(reading->handler->data, position(reading));
}

#if LIBXML_VERSION >= 21200
static void on_error(void *data, const xmlError *error) {
#else
static void on_error(void *data, xmlErrorPtr error) {
#endif
    (void)data;
    (void)error;
}

int dyad_html_read(const char *bytes, size_t count, const dyad_html_handler *handler) {
    if (count == 0 || count >= INT_MAX) return 1;
    dyad_html_reading reading = {handler, htmlNewParserCtxt()};
    if (!reading.context) return 0;
    // Nothing of libxml2's own handler stays: no tree is built, so its limits on trees do not apply.
    htmlSAXHandler *sax = reading.context->sax;
    memset(sax, 0, sizeof(*sax));
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElement = on_start;
    sax->endElement = on_end;
    sax->characters = on_text;
    sax->ignorableWhitespace = on_text;
    sax->cdataBlock = on_script;
    sax->comment = on_comment;
    sax->serror = on_error;
    reading.context->userData = &reading;
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC;
    htmlDocPtr document = htmlCtxtReadMemory(reading.context, bytes, (int)count, NULL, "UTF-8", options);
    if (document) xmlFreeDoc(document);
    htmlFreeParserCtxt(reading.context);
    return 1;
}
