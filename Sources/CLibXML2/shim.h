// The parts of libxml2 that read HTML.
#include <libxml/xmlversion.h>
// Debian's libxml2 shows the system's ICU types, which clash with those that Foundation carries; nothing here uses them.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
