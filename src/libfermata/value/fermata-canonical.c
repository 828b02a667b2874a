/* fermata-canonical.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-canonical.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* The largest integer below which JavaScript's numbers hold each. */
#define MAX_SAFE_INTEGER G_GINT64_CONSTANT (9007199254740991)

/* A container on the way; `changed` if what is made of it is not it itself. */
typedef struct {
  FermataValue *container;
  gsize index;
  gsize n_made; /* of all that was made, how many are in containers around it */
  gboolean changed;
} Frame;

/* What is made of a value without looking into it, or NULL: it is to be looked
 * into. And what is made of a container, of what was made of its elements; NULL: the
 * same container with them. */
typedef struct {
  FermataValue *(*make_leaf) (FermataValue *value);
  FermataValue *(*wrap)      (FermataValue *container,
                              FermataValue *first);
} Rules;

static gboolean
is_container (FermataValue *value)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  return kind == FERMATA_VALUE_KIND_ARRAY || kind == FERMATA_VALUE_KIND_OBJECT;
}

/* --- Tags ----------------------------------------------------------------- */

static FermataValue *
make_tag (const char   *name,
          FermataValue *content)
{
  return fermata_value_new_object (&name, &content, 1);
}

static FermataValue *
make_text_tag (const char *name,
               const char *text)
{
  g_autoptr (FermataValue) content = fermata_value_new_string (text, -1);

  return make_tag (name, content);
}

/* Of an object with one member that has one: the member's name. */
static const char *
get_dollar_name (FermataValue *value)
{
  const char *name;

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT
      || fermata_value_get_length (value) != 1)
    return NULL;

  name = fermata_value_get_member_name (value, 0);
  return name[0] == '$' ? name : NULL;
}

static FermataValueKind
kind_of_content (const char *tag)
{
  static const char *const texts[] = {
    "$number", "$bigint", "$date", "$function", "$regexp", "$xml",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (g_str_equal (texts[i], tag))
        return FERMATA_VALUE_KIND_STRING;
    }
  if (g_str_equal (tag, "$undefined"))
    return FERMATA_VALUE_KIND_BOOLEAN;

  return g_str_equal (tag, "$frozen") ? FERMATA_VALUE_KIND_OBJECT : FERMATA_VALUE_KIND_NULL;
}

/**
 * fermata_canonical_get_tag:
 * @value: a value in canonical encoding
 * @content: (out) (optional) (transfer none): what it says
 *
 * Finds which tag a value has: `$undefined`, `$number`, `$bigint`, `$date`,
 * `$function`, `$regexp`, `$xml` or `$frozen`.
 *
 * Returns: (transfer none) (nullable): the tag, or %NULL if it has none
 */
const char *
fermata_canonical_get_tag (FermataValue  *value,
                           FermataValue **content)
{
  const char *name;
  FermataValueKind kind;
  FermataValue *member;

  g_return_val_if_fail (value != NULL, NULL);

  name = get_dollar_name (value);
  kind = name != NULL ? kind_of_content (name) : FERMATA_VALUE_KIND_NULL;
  if (kind == FERMATA_VALUE_KIND_NULL)
    return NULL;
  member = fermata_value_get_element (value, 0);
  if (fermata_value_get_kind (member) != kind)
    return NULL;
  if (content != NULL)
    *content = member;

  return name;
}

/**
 * fermata_canonical_new_undefined:
 *
 * Makes what JavaScript's `undefined` is in canonical encoding.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_canonical_new_undefined (void)
{
  g_autoptr (FermataValue) content = fermata_value_new_boolean (TRUE);

  return make_tag ("$undefined", content);
}

/**
 * fermata_canonical_is_undefined:
 * @value: a value in canonical encoding
 *
 * Tells whether it is JavaScript's `undefined`.
 *
 * Returns: whether it is
 */
gboolean
fermata_canonical_is_undefined (FermataValue *value)
{
  return g_strcmp0 (fermata_canonical_get_tag (value, NULL), "$undefined") == 0;
}

/* --- Going through -------------------------------------------------------- */

static void
push (GArray       *frames,
      GPtrArray    *made,
      FermataValue *container)
{
  const Frame frame = { container, 0, made->len, FALSE };

  g_array_append_val (frames, frame);
}

static FermataValue *
remake (const Frame *frame,
        GPtrArray   *made)
{
  FermataValue *const *values = (FermataValue *const *) made->pdata + frame->n_made;
  gsize n = fermata_value_get_length (frame->container);
  g_autofree const char **names = NULL;

  if (!frame->changed)
    return fermata_value_ref (frame->container);
  if (fermata_value_get_kind (frame->container) == FERMATA_VALUE_KIND_ARRAY)
    return fermata_value_new_array (values, n);

  names = g_new (const char *, n);
  for (gsize i = 0; i < n; i++)
    names[i] = fermata_value_get_member_name (frame->container, i);

  return fermata_value_new_object (names, values, n);
}

/* In place of what was made of its elements stands what is made of the container. */
static void
finish (const Rules *rules,
        GArray      *frames,
        GPtrArray   *made)
{
  const Frame frame = g_array_index (frames, Frame, frames->len - 1);
  FermataValue *first = made->len > frame.n_made ? made->pdata[frame.n_made] : NULL;
  FermataValue *result = rules->wrap (frame.container, first);

  if (result == NULL)
    result = remake (&frame, made);
  g_ptr_array_set_size (made, (int) frame.n_made);
  g_ptr_array_add (made, result);
  g_array_set_size (frames, frames->len - 1);
  if (frames->len > 0 && result != frame.container)
    g_array_index (frames, Frame, frames->len - 1).changed = TRUE;
}

static void
visit (const Rules *rules,
       GArray      *frames,
       GPtrArray   *made)
{
  Frame *frame = &g_array_index (frames, Frame, frames->len - 1);
  FermataValue *element = fermata_value_get_element (frame->container, frame->index++);
  FermataValue *leaf = rules->make_leaf (element);

  if (leaf == NULL)
    {
      push (frames, made, element);
      return;
    }
  if (leaf != element)
    frame->changed = TRUE;
  g_ptr_array_add (made, leaf);
}

static FermataValue *
go_through (const Rules  *rules,
            FermataValue *value)
{
  g_autoptr (GArray) frames = NULL;
  g_autoptr (GPtrArray) made = NULL;
  FermataValue *leaf = rules->make_leaf (value);

  if (leaf != NULL)
    return leaf;

  frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  made = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_value_unref);
  push (frames, made, value);
  while (frames->len > 0)
    {
      const Frame *frame = &g_array_index (frames, Frame, frames->len - 1);

      if (frame->index < fermata_value_get_length (frame->container))
        visit (rules, frames, made);
      else
        finish (rules, frames, made);
    }

  return fermata_value_ref (made->pdata[0]);
}

/* --- From plain ----------------------------------------------------------- */

static gboolean
is_integer_text (const char *text)
{
  const char *digits = *text == '-' ? text + 1 : text;

  return *digits != '\0' && strspn (digits, "0123456789") == strlen (digits);
}

/* What neither an integer nor a double of ours can hold. */
static FermataValue *
make_number (const char *text)
{
  double number;

  if (is_integer_text (text))
    return make_text_tag ("$bigint", text);

  number = g_ascii_strtod (text, NULL);
  if (isfinite (number))
    return fermata_value_new_number (number);

  return make_text_tag ("$number", number < 0 ? "-Infinity" : "Infinity");
}

static FermataValue *
make_leaf_from_plain (FermataValue *value)
{
  gint64 integer;
  g_autofree char *text = NULL;

  if (is_container (value))
    return NULL;

  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_INTEGER:
      integer = fermata_value_get_integer (value);
      if (integer >= -MAX_SAFE_INTEGER && integer <= MAX_SAFE_INTEGER)
        return fermata_value_ref (value);
      text = g_strdup_printf ("%" G_GINT64_FORMAT, integer);
      return make_text_tag ("$bigint", text);

    case FERMATA_VALUE_KIND_NUMBER:
      if (fermata_value_get_number_text (value) != NULL)
        return make_number (fermata_value_get_number_text (value));
      return fermata_value_ref (value);

    case FERMATA_VALUE_KIND_NULL:
    case FERMATA_VALUE_KIND_BOOLEAN:
    case FERMATA_VALUE_KIND_STRING:
    case FERMATA_VALUE_KIND_ARRAY:
    case FERMATA_VALUE_KIND_OBJECT:
    default:
      return fermata_value_ref (value);
    }
}

static FermataValue *
escape (FermataValue *container,
        FermataValue *first)
{
  const char *name = get_dollar_name (container);
  g_autofree char *escaped = name != NULL ? g_strconcat ("$", name, NULL) : NULL;

  return escaped != NULL ? make_tag (escaped, first) : NULL;
}

/**
 * fermata_canonical_from_plain:
 * @value: a plain value
 *
 * Encodes a value as JavaScript is to have it: integers that its numbers cannot hold
 * become `$bigint`, and objects that look like a tag are told apart. It never becomes
 * a function.
 *
 * Returns: (transfer full): @value itself if nothing is to be done
 */
FermataValue *
fermata_canonical_from_plain (FermataValue *value)
{
  static const Rules rules = { make_leaf_from_plain, escape };

  g_return_val_if_fail (value != NULL, NULL);

  return go_through (&rules, value);
}

/* --- To plain ------------------------------------------------------------- */

static FermataValue *
make_integer (FermataValue *content)
{
  const char *text = fermata_value_get_string (content, NULL);
  char *end;
  gint64 integer;

  errno = 0;
  integer = g_ascii_strtoll (text, &end, 10);

  return errno == 0 && *text != '\0' && *end == '\0' ? fermata_value_new_integer (integer)
                                                     : fermata_value_ref (content);
}

static FermataValue *
make_leaf_to_plain (FermataValue *value)
{
  FermataValue *content;
  const char *tag;

  if (!is_container (value))
    return fermata_value_ref (value);

  tag = fermata_canonical_get_tag (value, &content);
  if (tag == NULL || g_str_equal (tag, "$frozen"))
    return NULL;
  if (g_str_equal (tag, "$bigint"))
    return make_integer (content);
  if (g_str_equal (tag, "$regexp") || g_str_equal (tag, "$xml")
      || (g_str_equal (tag, "$date")
          && !g_str_equal (fermata_value_get_string (content, NULL), "invalid")))
    return fermata_value_ref (content);

  return fermata_value_new_null ();
}

static FermataValue *
unescape (FermataValue *container,
          FermataValue *first)
{
  const char *name = get_dollar_name (container);

  if (name == NULL)
    return NULL;
  if (name[1] == '$')
    return make_tag (name + 1, first);

  return fermata_canonical_get_tag (container, NULL) != NULL ? fermata_value_ref (first) : NULL;
}

/**
 * fermata_canonical_to_plain:
 * @value: a value in canonical encoding
 *
 * Makes a value plain: `undefined`, functions and numbers that are none become null;
 * dates, XML and regular expressions texts; a `$bigint` an integer, if that can hold
 * it, or else a text.
 *
 * Returns: (transfer full): @value itself if nothing is to be done
 */
FermataValue *
fermata_canonical_to_plain (FermataValue *value)
{
  static const Rules rules = { make_leaf_to_plain, unescape };

  g_return_val_if_fail (value != NULL, NULL);

  return go_through (&rules, value);
}

static FermataValue *
make_leaf_to_words (FermataValue *value)
{
  FermataValue *content;
  const char *tag;

  if (!is_container (value))
    return fermata_value_ref (value);

  tag = fermata_canonical_get_tag (value, &content);
  if (tag == NULL || g_str_equal (tag, "$frozen"))
    return NULL;
  if (g_str_equal (tag, "$undefined"))
    return fermata_value_new_string ("undefined", -1);

  return fermata_value_ref (content);
}

/**
 * fermata_canonical_to_words:
 * @value: a value in canonical encoding
 *
 * Makes a value plain for people: what plain values have no word for is the text
 * that JavaScript has for it, such as `undefined` or `NaN`.
 *
 * Returns: (transfer full): @value itself if nothing is to be done
 */
FermataValue *
fermata_canonical_to_words (FermataValue *value)
{
  static const Rules rules = { make_leaf_to_words, unescape };

  g_return_val_if_fail (value != NULL, NULL);

  return go_through (&rules, value);
}
