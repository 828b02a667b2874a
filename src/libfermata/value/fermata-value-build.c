/* fermata-value-build.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-line-index-private.h"
#include "value/fermata-name-table-private.h"
#include "value/fermata-value-build-private.h"
#include "value/fermata-value-private.h"

/* An array or object that is open. */
typedef struct {
  gsize first_value;            /* in Build.values */
  gsize first_name;             /* in Build.names; an object's only */
  gboolean is_object;

  /* What the object, or the objects in the array, are expected to be like;
   * NULL once an object turns out otherwise. */
  FermataShapeNote *note;

  /* The first elements of an array that has many: the block that will be
   * its own, filled up to its length, so that they are never there twice. */
  FermataArrayBlock *block;
  gsize block_size;
} Frame;

#define MAX_WAITING_ELEMENTS 4096

/* A value being built: what is complete but not yet in its container waits on
 * stacks, those of the innermost container on top. */
typedef struct {
  FermataScanner *scanner;
  FermataNameTable *table;
  FermataValue **values;
  gsize n_values;
  gsize values_size;
  GPtrArray *names;             /* FermataKey, borrowed from table */
  GArray *name_offsets;         /* gsize, where names must be unique; or NULL */
  GArray *frames;
} Build;

static void
build_init (Build          *build,
            FermataScanner *scanner,
            gboolean        unique_names)
{
  *build = (Build) {
    .scanner = scanner,
    .table = fermata_name_table_new (),
    .values_size = 64,
    .values = g_new (FermataValue *, 64),
    .names = g_ptr_array_new (),
    .name_offsets = unique_names ? g_array_new (FALSE, FALSE, sizeof (gsize)) : NULL,
    .frames = g_array_new (FALSE, FALSE, sizeof (Frame)),
  };
}

static void
build_clear (Build *build)
{
  for (gsize i = 0; i < build->n_values; i++)
    fermata_value_unref (build->values[i]);
  for (guint i = 0; i < build->frames->len; i++)
    {
      Frame *frame = &g_array_index (build->frames, Frame, i);

      if (frame->block != NULL)
        fermata_value_unref (fermata_value_from_block (frame->block, FERMATA_TAG_ARRAY));
    }
  fermata_name_table_free (build->table);
  g_free (build->values);
  g_ptr_array_unref (build->names);
  g_clear_pointer (&build->name_offsets, g_array_unref);
  g_array_unref (build->frames);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Build, build_clear)

static inline Frame *
get_frame (Build *build)
{
  if (build->frames->len == 0)
    return NULL;
  return &g_array_index (build->frames, Frame, build->frames->len - 1);
}

/* Moves the waiting elements of an array into its own block. */
static void
move_elements (Build *build,
               Frame *frame)
{
  gsize n_waiting = build->n_values - frame->first_value;
  gsize n_before = frame->block != NULL ? frame->block->block.length : 0;

  if (n_before + n_waiting > frame->block_size)
    {
      frame->block_size = MAX (2 * frame->block_size, 4 * n_waiting);
      frame->block = g_realloc (frame->block, sizeof *frame->block +
                                              frame->block_size * sizeof *frame->block->elements);
    }
  memcpy (frame->block->elements + n_before, build->values + frame->first_value,
          n_waiting * sizeof *build->values);
  frame->block->block.ref_count = 1;
  frame->block->block.length = (guint32) (n_before + n_waiting);
  build->n_values = frame->first_value;
}

static void
make_room (Build *build)
{
  Frame *frame = get_frame (build);

  if (frame != NULL && !frame->is_object &&
      build->n_values - frame->first_value >= MAX_WAITING_ELEMENTS)
    {
      move_elements (build, frame);
      return;
    }
  build->values_size *= 2;
  build->values = g_renew (FermataValue *, build->values, build->values_size);
}

static inline void
push_value (Build        *build,
            FermataValue *value)
{
  if (build->n_values == build->values_size)
    make_room (build);
  build->values[build->n_values++] = value;
}

static void
push_name (Build *build)
{
  Frame *frame = get_frame (build);
  gsize position = build->names->len - frame->first_name;
  const char *name = build->scanner->string;
  gsize length = build->scanner->length;
  FermataKey *key;

  if (frame->note != NULL && position < frame->note->shape->n_names &&
      fermata_key_is (frame->note->shape->names[position], name, length))
    {
      key = frame->note->shape->names[position];
    }
  else
    {
      frame->note = NULL;
      key = fermata_name_table_get_key (build->table, name, length);
    }
  g_ptr_array_add (build->names, key);
  if (build->name_offsets != NULL)
    {
      gsize offset = (gsize) (build->scanner->token - build->scanner->begin);

      g_array_append_val (build->name_offsets, offset);
    }
}

/* What is known about containers in the place of the one that opens or has
 * just closed: the note itself, or its member. */
static FermataShapeNote **
get_note (Build *build)
{
  Frame *frame = get_frame (build);

  if (frame == NULL)
    return NULL;
  if (!frame->is_object)
    return &frame->note;
  if (frame->note == NULL)
    return NULL;
  return &frame->note->members[build->names->len - frame->first_name - 1];
}

static void
push_frame (Build    *build,
            gboolean  is_object)
{
  FermataShapeNote **note = get_note (build);
  Frame frame = {
    .first_value = build->n_values,
    .first_name = build->names->len,
    .is_object = is_object,
    .note = note != NULL ? *note : NULL,
  };

  g_array_append_val (build->frames, frame);
}

/* The innermost container is complete: its stacks shrink, it becomes a value
 * of the next one, which keeps a note of what it was like. */
static void
pop_frame (Build            *build,
           FermataValue     *value,
           FermataShapeNote *seen)
{
  Frame *frame = get_frame (build);
  FermataShapeNote **note;

  build->n_values = frame->first_value;
  g_ptr_array_set_size (build->names, (gint) frame->first_name);
  if (build->name_offsets != NULL)
    g_array_set_size (build->name_offsets, (guint) frame->first_name);
  g_array_set_size (build->frames, build->frames->len - 1);
  note = get_note (build);
  if (note != NULL && seen != NULL)
    *note = seen;
  push_value (build, value);
}

static void
end_array (Build *build)
{
  Frame *frame = get_frame (build);
  gsize n_waiting = build->n_values - frame->first_value;
  FermataValue *array;

  if (frame->block != NULL)
    {
      move_elements (build, frame);
      frame->block = g_realloc (frame->block, sizeof *frame->block +
                                frame->block->block.length * sizeof *frame->block->elements);
      array = fermata_value_from_block (frame->block, FERMATA_TAG_ARRAY);
    }
  else if (n_waiting > 0)
    {
      array = fermata_value_alloc_array (n_waiting);
      memcpy (fermata_value_get_slots (array), build->values + frame->first_value,
              n_waiting * sizeof *build->values);
    }
  else
    {
      array = fermata_value_new_empty_array ();
    }
  pop_frame (build, array, frame->note);
}

/* The slow way, for an object in which a name occurs twice. */
static FermataValue *
unify_names (FermataKey   **keys,
             FermataValue **values,
             gsize          n_values)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (gsize i = 0; i < n_values; i++)
    fermata_value_builder_take_key (builder, keys[i], values[i]);
  return fermata_value_builder_end (builder);
}

/* NULL if a name occurs twice. */
static FermataShape *
get_shape (Build             *build,
           Frame             *frame,
           FermataKey       **keys,
           gsize              n_keys,
           FermataShapeNote **seen)
{
  guint32 *index;

  if (n_keys > FERMATA_NAME_TABLE_MAX_SHARED)
    {
      index = fermata_key_index_new (keys, n_keys, fermata_key_index_size (n_keys), NULL);
      if (index == NULL)
        return NULL;
      for (gsize i = 0; i < n_keys; i++)
        fermata_key_ref (keys[i]);
      return fermata_shape_new_take (keys, n_keys, index);
    }

  if (frame->note != NULL && frame->note->shape->n_names == n_keys)
    *seen = frame->note;
  else
    *seen = fermata_name_table_get_shape (build->table, keys, n_keys);
  return *seen != NULL ? fermata_shape_ref ((*seen)->shape) : NULL;
}

/* A name may be as long as the text. */
static char *
shorten_name (const FermataKey *key)
{
  const glong most = 60;
  g_autofree char *begin = NULL;

  if (g_utf8_strlen (key->text, -1) <= most)
    return g_strdup (key->text);
  begin = g_utf8_substring (key->text, 0, most);
  return g_strconcat (begin, "...", NULL);
}

static gboolean
fail_duplicate (Build *build,
                gsize  first_name,
                gsize  n_keys)
{
  FermataKey **keys = (FermataKey **) build->names->pdata + first_name;
  const gsize *offsets = &g_array_index (build->name_offsets, gsize, first_name);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autofree char *name = NULL;
  FermataTextPosition first;
  gsize second = 0;
  gsize before;

  while (second < n_keys && g_hash_table_insert (seen, keys[second], GSIZE_TO_POINTER (second)))
    second++;
  for (before = 0; keys[before] != keys[second];)
    before++;
  name = shorten_name (keys[second]);
  fermata_text_locate (build->scanner->begin, offsets[before], &first);
  fermata_scanner_fail (build->scanner, build->scanner->begin + offsets[second],
                        FERMATA_VALUE_ERROR_DUPLICATE,
                        "expected each name once in an object, found '%s' again (first at %u:%u)",
                        name, first.line, first.column);
  return FALSE;
}

static gboolean
end_object (Build *build)
{
  Frame *frame = get_frame (build);
  FermataKey **keys = (FermataKey **) build->names->pdata + frame->first_name;
  FermataValue **values = build->values + frame->first_value;
  gsize n_values = build->n_values - frame->first_value;
  FermataShapeNote *seen = NULL;
  FermataShape *shape;
  FermataValue *object;

  if (n_values == 0)
    {
      pop_frame (build, fermata_value_new_empty_object (), NULL);
      return TRUE;
    }
  shape = get_shape (build, frame, keys, n_values, &seen);
  if (shape == NULL && build->name_offsets != NULL)
    return fail_duplicate (build, frame->first_name, n_values);
  if (shape != NULL)
    {
      object = fermata_value_alloc_object (shape);
      memcpy (fermata_value_get_slots (object), values, n_values * sizeof *values);
    }
  else
    {
      object = unify_names (keys, values, n_values);
    }
  pop_frame (build, object, seen);
  return TRUE;
}

/* Takes one token; FALSE after the last. */
static gboolean
build_step (Build        *build,
            FermataToken  token)
{
  FermataScanner *scanner = build->scanner;

  switch (token)
    {
    case FERMATA_TOKEN_NULL:
      push_value (build, fermata_value_new_null ());
      return TRUE;
    case FERMATA_TOKEN_FALSE:
    case FERMATA_TOKEN_TRUE:
      push_value (build, fermata_value_new_boolean (token == FERMATA_TOKEN_TRUE));
      return TRUE;
    case FERMATA_TOKEN_INTEGER:
      push_value (build, fermata_value_new_integer (scanner->integer));
      return TRUE;
    case FERMATA_TOKEN_NUMBER:
      push_value (build, fermata_value_new_finite (scanner->number));
      return TRUE;
    case FERMATA_TOKEN_NUMBER_TEXT:
      push_value (build, fermata_value_new_number_text (scanner->string, scanner->length,
                                                        scanner->number));
      return TRUE;
    case FERMATA_TOKEN_STRING:
      push_value (build, fermata_value_new_valid_string (scanner->string, scanner->length));
      return TRUE;
    case FERMATA_TOKEN_NAME:
      push_name (build);
      return TRUE;
    case FERMATA_TOKEN_BEGIN_ARRAY:
    case FERMATA_TOKEN_BEGIN_OBJECT:
      push_frame (build, token == FERMATA_TOKEN_BEGIN_OBJECT);
      return TRUE;
    case FERMATA_TOKEN_END_ARRAY:
      end_array (build);
      return TRUE;
    case FERMATA_TOKEN_END_OBJECT:
      return end_object (build);
    case FERMATA_TOKEN_ERROR:
    case FERMATA_TOKEN_END:
    default:
      return FALSE;
    }
}

FermataValue *
fermata_value_build (FermataScanner *scanner,
                     gboolean        unique_names)
{
  g_auto (Build) build = { 0, };
  FermataToken token;

  build_init (&build, scanner, unique_names);
  do
    token = fermata_scanner_next (scanner);
  while (build_step (&build, token));
  if (token != FERMATA_TOKEN_END)
    return NULL;

  build.n_values = 0;
  return build.values[0];
}
