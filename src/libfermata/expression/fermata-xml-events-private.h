/* fermata-xml-events-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/*
 * An XML document as an array of what comes in it, one after the other:
 *
 *   [1, name, namespace, [name, value, namespace, …]]   an element begins
 *   [0]                                                  the one that is open ends
 *   [type, name, text]                                   text, comment, instruction
 *
 * by the types of the DOM. There are no entities but XML's own; a document type is
 * refused, and nothing is ever read from elsewhere. NULL with an error of the domain
 * FERMATA_EXPRESSION_ERROR.
 */
FermataValue *fermata_xml_events_read (const char  *text,
                                       gsize        length,
                                       GError     **error);

/* Whether it is one. */
gboolean      fermata_xml_events_check (const char *text,
                                        gsize       length);

G_END_DECLS
