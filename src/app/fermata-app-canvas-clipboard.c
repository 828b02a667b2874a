/* fermata-app-canvas-clipboard.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-edits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
copy (FermataAppCanvas *self,
      GPtrArray        *elements)
{
  g_autofree char *text = NULL;

  if (self->scene == NULL || elements->len == 0)
    return FALSE;
  text = fermata_graph_copy_text (fermata_app_document_get_shown (self->document), elements);
  if (text == NULL)
    return FALSE;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  return TRUE;
}

void
fermata_app_canvas_copy (FermataAppCanvas *self)
{
  g_autoptr (GPtrArray) elements = fermata_app_canvas_dup_selected (self);

  copy (self, elements);
}

void
fermata_app_canvas_cut (FermataAppCanvas *self)
{
  g_autoptr (GPtrArray) elements = fermata_app_canvas_dup_selected (self);

  if (copy (self, elements))
    fermata_app_canvas_delete (self, elements, FALSE);
}

static void
select_ids (FermataAppCanvas *self,
            char            **ids)
{
  FermataGraph *graph = fermata_app_document_get_shown (self->document);
  FermataAppSelection *selection = fermata_app_document_get_selection (self->document);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      FermataNode *node = fermata_graph_find_node (graph, ids[i]);

      if (node != NULL)
        g_ptr_array_add (nodes, node);
    }
  fermata_app_selection_set (selection, (gpointer const *) nodes->pdata, nodes->len);
  if (nodes->len > 0)
    fermata_app_canvas_set_cursor (self, g_ptr_array_index (nodes, 0), FALSE);
}

typedef struct {
  GWeakRef canvas;
  GWeakRef document;
  graphene_point_t point;
} FermataAppPaste;

static void
paste_free (FermataAppPaste *paste)
{
  g_weak_ref_clear (&paste->canvas);
  g_weak_ref_clear (&paste->document);
  g_free (paste);
}

static void
paste_text (FermataAppCanvas       *self,
            const char             *text,
            const graphene_point_t *point)
{
  FermataGraph *graph = fermata_app_document_get_shown (self->document);
  FermataNode *parent = fermata_app_canvas_find_container (self, point, FALSE);
  double at[2] = { round (point->x / FERMATA_APP_GRID) * FERMATA_APP_GRID,
                   round (point->y / FERMATA_APP_GRID) * FERMATA_APP_GRID };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;
  FermataEdit *edit;

  edit = fermata_edit_new_paste (graph, parent, text, at, &ids, &error);
  if (edit == NULL)
    fermata_app_document_fail (self->document, error->message);
  else if (fermata_app_document_apply (self->document, edit, _("Paste")))
    select_ids (self, ids);
}

/* The canvas may show another document by then, or be gone. */
static void
on_text (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  FermataAppPaste *paste = user_data;
  g_autoptr (FermataAppCanvas) self = g_weak_ref_get (&paste->canvas);
  g_autoptr (FermataAppDocument) document = g_weak_ref_get (&paste->document);
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (self != NULL && document != NULL && self->document == document && text != NULL)
    paste_text (self, text, &paste->point);
  paste_free (paste);
}

void
fermata_app_canvas_paste (FermataAppCanvas *self)
{
  FermataAppPaste *paste;

  if (self->scene == NULL)
    return;
  paste = g_new0 (FermataAppPaste, 1);
  g_weak_ref_init (&paste->canvas, self);
  g_weak_ref_init (&paste->document, self->document);
  fermata_app_canvas_get_focal_point (self, &paste->point);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, on_text, paste);
}

void
fermata_app_canvas_duplicate (FermataAppCanvas *self)
{
  g_autoptr (GPtrArray) elements = fermata_app_canvas_dup_selected (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *what = NULL;
  g_autofree char *title = NULL;
  g_auto (GStrv) ids = NULL;
  FermataEdit *edit;

  if (self->scene == NULL || elements->len == 0)
    return;
  what = fermata_app_elements_describe (elements);
  /* Translators: "Duplicate 3 nodes" */
  title = g_strdup_printf (_("Duplicate %s"), what);
  edit = fermata_edit_new_duplicate (fermata_app_document_get_shown (self->document), elements,
                                     2 * FERMATA_APP_GRID, 2 * FERMATA_APP_GRID, &ids, &error);
  if (edit == NULL)
    fermata_app_document_fail (self->document, error->message);
  else if (fermata_app_document_apply (self->document, edit, title))
    select_ids (self, ids);
}
