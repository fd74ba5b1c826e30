#ifndef DYAD_HTML_H
#define DYAD_HTML_H

#include <stddef.h>

/// What is told of a page while it is read; `position` is the number of bytes the parser has read.
typedef struct {
    void *data;
    /// `attributes` holds names and values in turn and ends with a null pointer. The answer 0 ends the reading.
    int (*start)(void *data, const unsigned char *name, const unsigned char **attributes, size_t position);
    void (*end)(void *data, size_t position);
    void (*text)(void *data, const unsigned char *text, size_t count, size_t position);
    /// The content of scripts and style sheets.
    void (*script)(void *data, const unsigned char *text, size_t count, size_t position);
    void (*comment)(void *data, size_t position);
} dyad_html_handler;

/// Reads a page in UTF-8 without network and without messages; 0 when memory ran out.
int dyad_html_read(const char *bytes, size_t count, const dyad_html_handler *handler);

#endif
