// libxml2's HTML parser. Only CDyadHTML includes this: where libxml2 is built with ICU, its headers clash with Foundation's.
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
