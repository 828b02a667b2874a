/* fermata-diagnostics-locate.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-json.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "format/fermata-scxml-locator-private.h"
#include "format/fermata-scxml.h"
#include "value/fermata-value-reader.h"

/* What is about one text, put into its order. */

typedef struct {
  GListStore *diagnostics;
  GBytes *text;
  const char *file;
  FermataPlaces *places;
  FermataScxmlLocator *scxml;
} Locate;

static gboolean
is_about (FermataDiagnostic *diagnostic,
          const char        *file)
{
  const char *of = fermata_diagnostic_get_file (diagnostic);

  return of == NULL || strcmp (of, file) == 0;
}

/* Made only when there is something to locate. FALSE: nothing can be. */
static gboolean
ensure_places (Locate *locate)
{
  g_autoptr (FermataValueReader) reader = NULL;
  gsize length;
  const char *text;

  if (locate->places != NULL || locate->scxml != NULL)
    return TRUE;
  if (fermata_scxml_recognises (locate->text))
    {
      locate->scxml = fermata_scxml_locator_new (locate->text);
      return locate->scxml != NULL;
    }
  reader = fermata_value_reader_new ();
  text = g_bytes_get_data (locate->text, &length);
  fermata_value_reader_set_max_size (reader, G_MAXSIZE);
  locate->places = fermata_value_reader_read_places (reader, text, length, NULL);
  return locate->places != NULL;
}

/* FALSE: there is no such thing, and @position is that of what it would be in. */
static gboolean
find (Locate              *locate,
      const char          *path,
      gssize               inner_offset,
      FermataTextPosition *position)
{
  if (locate->scxml != NULL)
    return fermata_scxml_locator_find (locate->scxml, path, inner_offset, position);
  if (inner_offset >= 0)
    return fermata_places_find_in_string (locate->places, path, (gsize) inner_offset, position);
  return fermata_places_find (locate->places, path, inner_offset == -2, position);
}

static void
locate_related (Locate            *locate,
                FermataDiagnostic *diagnostic)
{
  const char *path = fermata_diagnostic_get_related_path (diagnostic);
  g_autofree char *hint = NULL;
  FermataTextPosition position;

  if (path == NULL || !find (locate, path, -1, &position))
    return;
  hint = g_strdup_printf (_("the first is at line %u, column %u"), position.line, position.column);
  fermata_diagnostic_set_hint (diagnostic, hint);
}

static void
locate_one (Locate            *locate,
            FermataDiagnostic *diagnostic)
{
  const char *path = fermata_diagnostic_get_path (diagnostic);
  FermataTextPosition position = { 0, 0, 0 };
  gboolean can_find = path != NULL && ensure_places (locate);

  if (can_find)
    find (locate, path, fermata_diagnostic_get_inner_offset (diagnostic), &position);
  fermata_diagnostic_set_position (diagnostic, locate->file, position.line, position.column);
  if (can_find)
    locate_related (locate, diagnostic);
}

/* Paths in the order of the tree: what is within a thing comes right behind
 * it, since no letter comes before a slash. */
static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  FermataDiagnostic *first = *(FermataDiagnostic *const *) a;
  FermataDiagnostic *second = *(FermataDiagnostic *const *) b;
  const char *p = fermata_diagnostic_get_path (first);
  const char *q = fermata_diagnostic_get_path (second);

  if (p == NULL || q == NULL)
    return (p != NULL) - (q != NULL);
  while (*p != '\0' && *p == *q)
    {
      p++;
      q++;
    }
  if (*p == *q)
    return strcmp (fermata_diagnostic_get_code (first), fermata_diagnostic_get_code (second));
  if (*p == '\0' || *q == '\0')
    return *p == '\0' ? -1 : 1;
  if (*p == '/' || *q == '/')
    return *p == '/' ? -1 : 1;
  return (guint8) *p < (guint8) *q ? -1 : 1;
}

static gboolean
is_within (const char *path,
           const char *outer)
{
  gsize length = strlen (outer);

  return strncmp (path, outer, length) == 0 && path[length] == '/';
}

/* Reader and checker may both find the same. */
static gboolean
says_the_same (FermataDiagnostic *diagnostic,
               FermataDiagnostic *previous)
{
  const char *code = fermata_diagnostic_get_code (diagnostic);

  return previous != NULL && strcmp (code, fermata_diagnostic_get_code (previous)) == 0 &&
         (strcmp (code, "ill-typed") == 0 || strcmp (code, "missing-member") == 0) &&
         g_strcmp0 (fermata_diagnostic_get_path (diagnostic), fermata_diagnostic_get_path (previous)) == 0;
}

/* What is about this text, without what says nothing new: what has the wrong
 * type has no members that could be wrong too. */
static GPtrArray *
take_ours (Locate *locate)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *ours = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (locate->diagnostics));
  const char *ill_typed = NULL;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (locate->diagnostics), i);

      if (is_about (diagnostic, locate->file))
        g_ptr_array_add (all, g_steal_pointer (&diagnostic));
    }
  g_ptr_array_sort (all, compare_paths);
  for (guint i = 0; i < all->len; i++)
    {
      FermataDiagnostic *diagnostic = g_ptr_array_index (all, i);
      const char *path = fermata_diagnostic_get_path (diagnostic);

      if (path != NULL && ill_typed != NULL && is_within (path, ill_typed))
        continue;
      if (says_the_same (diagnostic, i > 0 ? g_ptr_array_index (all, i - 1) : NULL))
        continue;
      if (strcmp (fermata_diagnostic_get_code (diagnostic), "ill-typed") == 0)
        ill_typed = path;
      g_ptr_array_add (ours, g_object_ref (diagnostic));
    }
  return ours;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  FermataDiagnostic *first = *(FermataDiagnostic *const *) a;
  FermataDiagnostic *second = *(FermataDiagnostic *const *) b;
  guint lines[] = { fermata_diagnostic_get_line (first), fermata_diagnostic_get_line (second) };
  guint columns[] = { fermata_diagnostic_get_column (first), fermata_diagnostic_get_column (second) };

  if (lines[0] == lines[1])
    return columns[0] < columns[1] ? -1 : columns[0] > columns[1];
  /* What has no place comes last. */
  if (lines[0] == 0 || lines[1] == 0)
    return lines[0] == 0 ? 1 : -1;
  return lines[0] < lines[1] ? -1 : 1;
}

/* Where it is, as one number. */
static gint64
get_place (FermataDiagnostic *diagnostic)
{
  return (gint64) fermata_diagnostic_get_line (diagnostic) << 32 | fermata_diagnostic_get_column (diagnostic);
}

/* The places that the reader of SCXML has refused something at. */
static GHashTable *
find_refused (GPtrArray *ours)
{
  GHashTable *refused = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < ours->len; i++)
    {
      FermataDiagnostic *diagnostic = g_ptr_array_index (ours, i);
      gint64 place = get_place (diagnostic);

      if (place != 0 && fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR)
        g_hash_table_add (refused, g_memdup2 (&place, sizeof place));
    }

  return refused;
}

/* What had no place yet gets one. What the reader has refused in SCXML's words is not
 * said once more in those of a graph. */
static void
locate_all (Locate    *locate,
            GPtrArray *ours)
{
  g_autoptr (GHashTable) refused = find_refused (ours);
  guint n_kept = 0;

  for (guint i = 0; i < ours->len; i++)
    {
      FermataDiagnostic *diagnostic = ours->pdata[i];
      gint64 place;

      if (fermata_diagnostic_get_line (diagnostic) == 0)
        {
          locate_one (locate, diagnostic);
          place = get_place (diagnostic);
          if (locate->scxml != NULL && g_hash_table_contains (refused, &place))
            continue;
        }
      ours->pdata[i] = ours->pdata[n_kept];
      ours->pdata[n_kept++] = diagnostic;
    }
  g_ptr_array_set_size (ours, (gint) n_kept);
}

/* Others, of other files, keep their order and come first. */
static void
put_back (Locate    *locate,
          GPtrArray *ours)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (locate->diagnostics));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (locate->diagnostics), i);
      const char *file = fermata_diagnostic_get_file (diagnostic);

      if (file != NULL && strcmp (file, locate->file) != 0)
        g_ptr_array_add (all, g_steal_pointer (&diagnostic));
    }
  g_ptr_array_extend (all, ours, (GCopyFunc) g_object_ref, NULL);
  g_list_store_splice (locate->diagnostics, 0, n_items, all->pdata, all->len);
}

/**
 * fermata_diagnostics_locate:
 * @diagnostics: a list of [class@Fermata.Diagnostic]
 * @text: JSON or SCXML
 * @file: what people call the text; diagnostics that name no file are about it
 *
 * Fills in where in a text things are that are known by their paths, as the
 * checker tells them. What is about this text is put into its order, behind
 * what is about others, and said once, if reader and checker both found it.
 *
 * The text is read once more, if anything has to be located.
 */
void
fermata_diagnostics_locate (GListStore *diagnostics,
                            GBytes     *text,
                            const char *file)
{
  Locate locate = { diagnostics, text, file };
  g_autoptr (GPtrArray) ours = NULL;

  g_return_if_fail (G_IS_LIST_STORE (diagnostics));
  g_return_if_fail (text != NULL);
  g_return_if_fail (file != NULL);

  ours = take_ours (&locate);
  if (ours->len == 0)
    return;
  locate_all (&locate, ours);
  g_ptr_array_sort (ours, compare_places);
  put_back (&locate, ours);
  g_clear_pointer (&locate.places, fermata_places_unref);
  g_clear_pointer (&locate.scxml, fermata_scxml_locator_free);
}
