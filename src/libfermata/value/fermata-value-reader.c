/* fermata-value-reader.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "value/fermata-line-index-private.h"
#include "value/fermata-places-private.h"
#include "value/fermata-scanner-private.h"
#include "value/fermata-value-build-private.h"
#include "value/fermata-value-private.h"
#include "value/fermata-value-reader.h"

struct _FermataValueReader {
  GObject parent_instance;
  guint max_depth;
  gsize max_size;
  gboolean unique_names;
  FermataTextPosition error_position;
};

G_DEFINE_FINAL_TYPE (FermataValueReader, fermata_value_reader, G_TYPE_OBJECT)

G_DEFINE_QUARK (fermata-value-error-quark, fermata_value_error)

/* An element and its comma are two bytes, so that no array gets too long. */
#define MAX_SIZE (2 * FERMATA_VALUE_MAX_LENGTH)

static void
fermata_value_reader_class_init (FermataValueReaderClass *klass)
{
}

static void
fermata_value_reader_init (FermataValueReader *self)
{
  self->max_depth = FERMATA_VALUE_READER_DEFAULT_MAX_DEPTH;
  self->max_size = FERMATA_VALUE_READER_DEFAULT_MAX_SIZE;
}

/**
 * fermata_value_reader_new:
 *
 * Returns: (transfer full): a reader with the default limits
 */
FermataValueReader *
fermata_value_reader_new (void)
{
  return g_object_new (FERMATA_TYPE_VALUE_READER, NULL);
}

/**
 * fermata_value_reader_set_max_depth:
 * @self: a reader
 * @max_depth: how many arrays and objects may be open at the same time
 *
 * Sets the limit that deeper text is refused by. Memory for it is needed only
 * as text makes use of it, and never on the stack.
 */
void
fermata_value_reader_set_max_depth (FermataValueReader *self,
                                    guint               max_depth)
{
  g_return_if_fail (FERMATA_IS_VALUE_READER (self));

  self->max_depth = max_depth;
}

/**
 * fermata_value_reader_set_max_size:
 * @self: a reader
 * @max_size: in bytes
 *
 * Sets the limit that longer text is refused by, before it is looked at. No
 * more than 8 GiB are read whatever the limit is.
 */
void
fermata_value_reader_set_max_size (FermataValueReader *self,
                                   gsize               max_size)
{
  g_return_if_fail (FERMATA_IS_VALUE_READER (self));

  self->max_size = max_size;
}

/**
 * fermata_value_reader_set_unique_names:
 * @self: a reader
 * @unique_names: whether an object in which a name occurs twice is refused
 *
 * By default it is not, and the last value of the name counts, in the place of
 * the first.
 */
void
fermata_value_reader_set_unique_names (FermataValueReader *self,
                                       gboolean            unique_names)
{
  g_return_if_fail (FERMATA_IS_VALUE_READER (self));

  self->unique_names = unique_names;
}

static gboolean
check_size (FermataValueReader  *self,
            gsize                size,
            GError             **error)
{
  gsize max_size = MIN (self->max_size, MAX_SIZE);

  self->error_position = (FermataTextPosition) { 0, 1, 1 };
  if (size <= max_size)
    return TRUE;
  g_set_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_SIZE,
               "expected at most %" G_GSIZE_FORMAT " bytes of JSON, found %" G_GSIZE_FORMAT,
               max_size, size);
  return FALSE;
}

static void
take_error (FermataValueReader    *self,
            const FermataScanner  *scanner,
            GError               **error)
{
  fermata_text_locate (scanner->begin, (gsize) (scanner->error_at - scanner->begin),
                       &self->error_position);
  g_set_error_literal (error, FERMATA_VALUE_ERROR, (gint) scanner->error_code,
                       scanner->error_message);
}

/**
 * fermata_value_reader_read:
 * @self: a reader
 * @text: (array length=length) (element-type guint8): JSON
 * @length: its bytes, or -1 if it ends with a NUL
 * @error: where to put a #FermataValueError
 *
 * Reads one value with nothing but white space around it.
 *
 * Integers beyond 64 bits become numbers if a double holds them exactly;
 * otherwise, like numbers that are too large or too small for a double, they
 * keep their text. `-0` is the number -0.0.
 *
 * The message says what was expected and what was found, not where: see
 * fermata_value_reader_get_error_position().
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with @error set
 */
FermataValue *
fermata_value_reader_read (FermataValueReader  *self,
                           const char          *text,
                           gssize               length,
                           GError             **error)
{
  FermataScanner scanner;
  FermataValue *value;
  gsize size;

  g_return_val_if_fail (FERMATA_IS_VALUE_READER (self), NULL);
  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (!check_size (self, size, error))
    return NULL;

  fermata_scanner_init (&scanner, text, size, self->max_depth);
  value = fermata_value_build (&scanner, self->unique_names);
  if (value == NULL)
    take_error (self, &scanner, error);
  fermata_scanner_clear (&scanner);
  return value;
}

/**
 * fermata_value_reader_read_places:
 * @self: a reader
 * @text: (array length=length) (element-type guint8): JSON
 * @length: its bytes, or -1 if it ends with a NUL
 * @error: where to put a #FermataValueError
 *
 * Reads the same text as fermata_value_reader_read(), of at most 1 GiB, and
 * keeps not the values but where they are, with a copy of the text. Names need
 * not be unique for that.
 *
 * Returns: (transfer full) (nullable): the places, or %NULL with @error set
 */
FermataPlaces *
fermata_value_reader_read_places (FermataValueReader  *self,
                                  const char          *text,
                                  gssize               length,
                                  GError             **error)
{
  FermataScanner scanner;
  FermataPlaces *places = NULL;
  gsize size;

  g_return_val_if_fail (FERMATA_IS_VALUE_READER (self), NULL);
  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (!check_size (self, size, error))
    return NULL;

  fermata_scanner_init (&scanner, text, size, self->max_depth);
  places = fermata_places_new (&scanner);
  if (places == NULL)
    take_error (self, &scanner, error);
  fermata_scanner_clear (&scanner);
  return places;
}

/**
 * fermata_value_reader_get_error_position:
 * @self: a reader
 * @position: (out caller-allocates): where the text that was last read is wrong
 *
 * Gets the place of the first wrong byte, or of the end of a text that ends too
 * early. Where the text is too long to be looked at, and where nothing is
 * wrong, it is the beginning.
 */
void
fermata_value_reader_get_error_position (FermataValueReader  *self,
                                         FermataTextPosition *position)
{
  g_return_if_fail (FERMATA_IS_VALUE_READER (self));
  g_return_if_fail (position != NULL);

  *position = self->error_position;
}

/**
 * fermata_value_parse:
 * @text: (array length=length) (element-type guint8): JSON
 * @length: its bytes, or -1 if it ends with a NUL
 * @error: where to put a #FermataValueError
 *
 * Reads one value with the default limits. The message of an error begins
 * with its place, `line:column: `.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with @error set
 */
FermataValue *
fermata_value_parse (const char  *text,
                     gssize       length,
                     GError     **error)
{
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  FermataValue *value = fermata_value_reader_read (reader, text, length, error);

  if (value == NULL)
    g_prefix_error (error, "%u:%u: ", reader->error_position.line, reader->error_position.column);
  return value;
}
