/* fermata-http-head-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As much as the first line and the headers of a request may have. */
#define FERMATA_HTTP_MAX_HEAD (64 * 1024)

/*
 * The first line and the headers of a request, before anybody takes them for what they
 * mean. Servers differ in what they make of those that are not quite right, and SoupServer
 * loses memory over some; here they are refused.
 */

/* How long the head is that a text begins with, its empty line included; 0 if it does not
 * end there. It is known not to end before @from. */
gsize    fermata_http_head_measure  (const char *text,
                                     gsize       length,
                                     gsize       from);

/* Whether it is as RFC 9112 has it: lines end in CR LF, headers have a name that is one,
 * there is no more than one length, in digits, no other coding than chunks, and not both. */
gboolean fermata_http_head_is_sound (const char *text,
                                     gsize       length,
                                     gboolean   *is_chunked);

/*
 * Whether a body in chunks is one: SoupServer takes what is no number for the last chunk,
 * and the end of all that is sent as well. Begins as { 0 }.
 */
typedef struct {
  guint state;
  guint n_digits;
  guint64 left; /* of a chunk */
} FermataHttpChunks;

/* Goes on with some bytes; FALSE if they cannot stand there. */
gboolean fermata_http_chunks_go_on  (FermataHttpChunks *self,
                                     const char        *bytes,
                                     gsize              length);
/* Whether the last chunk is there, with all that belongs to it. */
gboolean fermata_http_chunks_ended  (FermataHttpChunks *self);

/* A connection from which something has been read already: that comes first. If what comes
 * behind @head_length bytes are chunks that are none, reading fails. Takes references. */
GIOStream *fermata_http_stream_new  (GIOStream  *base,
                                     GBytes     *read,
                                     gsize       head_length,
                                     gboolean    is_chunked);

G_END_DECLS
