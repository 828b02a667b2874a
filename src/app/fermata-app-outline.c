/* fermata-app-outline.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-outline.h"

#include "fermata-app-outline-row.h"
#include "fermata-app-outline-tree.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many of what is found are listed, and of what is selected shown selected. */
#define MOST_FOUND 2000
#define MOST_SELECTED 500

enum {
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS,
};

/* @is_following: the selection is being taken over, from one side to the other. */
struct _FermataAppOutline {
  AdwBin parent_instance;

  FermataAppDocument *document;
  GtkMultiSelection *rows;
  GHashTable *bound;      /* FermataAppOutlineRow that show something */
  gboolean is_following;
  guint rebuild_source;

  GtkSearchEntry *search;
  GtkStack *stack;
  GtkListView *list;
  GtkLabel *nothing;
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FermataAppOutline, fermata_app_outline, ADW_TYPE_BIN)

/* --- Rows -------------------------------------------------------------------- */

static void
on_setup (FermataAppOutline *self,
          GtkListItem       *item)
{
  gtk_list_item_set_child (item, fermata_app_outline_row_new ());
}

static void
on_bind (FermataAppOutline *self,
         GtkListItem       *item)
{
  FermataAppOutlineRow *row = FERMATA_APP_OUTLINE_ROW (gtk_list_item_get_child (item));

  fermata_app_outline_row_bind (row, self->document, gtk_list_item_get_item (item));
  g_hash_table_add (self->bound, row);
}

static void
on_unbind (FermataAppOutline *self,
           GtkListItem       *item)
{
  FermataAppOutlineRow *row = FERMATA_APP_OUTLINE_ROW (gtk_list_item_get_child (item));

  fermata_app_outline_row_unbind (row);
  g_hash_table_remove (self->bound, row);
}

/* Only what is on the screen is looked at. */
static void
on_looks_changed (FermataAppOutline *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    fermata_app_outline_row_update (row);
}

/* --- Selection --------------------------------------------------------------- */

static FermataNode *
get_node (FermataAppOutline *self,
          guint              position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  g_autoptr (GObject) item = row == NULL ? NULL : gtk_tree_list_row_get_item (row);

  /* The tree holds it. */
  return FERMATA_IS_NODE (item) ? FERMATA_NODE (item) : NULL;
}

static void
on_rows_selected (FermataAppOutline *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  GtkBitsetIter iter;
  guint position;

  if (self->is_following)
    return;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->rows));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      FermataNode *node = get_node (self, position);

      if (node != NULL)
        g_ptr_array_add (nodes, node);
    }

  self->is_following = TRUE;
  if (nodes->len == 1)
    fermata_app_document_reveal (self->document, nodes->pdata[0]);
  else
    fermata_app_selection_set (fermata_app_document_get_selection (self->document), nodes->pdata, nodes->len);
  self->is_following = FALSE;
}

static guint
find_found (GtkTreeListModel *tree,
            FermataNode      *node)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (tree));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (tree), i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

      if (item == (GObject *) node)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static gboolean
is_searching (FermataAppOutline *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
}

static guint
find_position (FermataAppOutline *self,
               FermataNode       *node)
{
  GtkTreeListModel *tree = GTK_TREE_LIST_MODEL (gtk_multi_selection_get_model (self->rows));
  g_autoptr (GtkTreeListRow) row = NULL;

  if (is_searching (self))
    return find_found (tree, node);

  row = fermata_app_outline_tree_find (tree, node);

  return row == NULL ? GTK_INVALID_LIST_POSITION : gtk_tree_list_row_get_position (row);
}

static void
select_rows (FermataAppOutline *self)
{
  GListModel *selection = G_LIST_MODEL (fermata_app_document_get_selection (self->document));
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = NULL;
  guint n = MIN (g_list_model_get_n_items (selection), is_searching (self) ? 1 : MOST_SELECTED);
  guint last = GTK_INVALID_LIST_POSITION;
  guint n_nodes = 0;

  /* What is unfolded for one moves the others: so twice. */
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (GObject) element = g_list_model_get_item (selection, i);
          guint position = GTK_INVALID_LIST_POSITION;

          if (FERMATA_IS_NODE (element))
            position = find_position (self, FERMATA_NODE (element));
          if (position == GTK_INVALID_LIST_POSITION || pass == 0)
            continue;
          gtk_bitset_add (selected, position);
          last = position;
          n_nodes++;
        }
    }
  all = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)));
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->rows), selected, all);
  if (n_nodes == 1)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", last);
}

static void
on_selection_changed (FermataAppOutline *self)
{
  if (self->is_following)
    return;

  self->is_following = TRUE;
  select_rows (self);
  self->is_following = FALSE;
}

/* --- What is listed ---------------------------------------------------------- */

static void
show_whether_empty (FermataAppOutline *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == 0;

  if (is_searching (self))
    gtk_label_set_label (self->nothing, _("Nothing is called so"));
  else
    gtk_label_set_label (self->nothing,
                         _("Nothing is drawn yet.\nPress Shift+A on the canvas, or take something from the palette."));
  gtk_stack_set_visible_child_name (self->stack, is_empty ? "nothing" : "list");
}

static void
collect_unfolded (GListModel *tree,
                  GHashTable *unfolded)
{
  guint n = g_list_model_get_n_items (tree);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (tree, i);

      if (gtk_tree_list_row_get_expanded (row))
        g_hash_table_add (unfolded, gtk_tree_list_row_get_item (row));
    }
}

static void
unfold (GListModel *tree,
        GHashTable *unfolded)
{
  /* The list grows by what is unfolded, below the row. */
  for (guint i = 0; i < g_list_model_get_n_items (tree); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (tree, i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

      if (g_hash_table_contains (unfolded, item))
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

static void
list_all (FermataAppOutline *self)
{
  FermataGraph *graph = fermata_app_document_get_graph (self->document);
  GListModel *before = gtk_multi_selection_get_model (self->rows);
  g_autoptr (GHashTable) unfolded = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_autoptr (GtkTreeListModel) tree = fermata_app_outline_tree_new (graph);

  if (before != NULL)
    collect_unfolded (before, unfolded);
  if (g_hash_table_size (unfolded) > 0)
    unfold (G_LIST_MODEL (tree), unfolded);
  gtk_multi_selection_set_model (self->rows, G_LIST_MODEL (tree));
}

static void
list (FermataAppOutline *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  self->is_following = TRUE;
  if (*text == '\0')
    {
      list_all (self);
    }
  else
    {
      FermataGraph *graph = fermata_app_document_get_graph (self->document);
      g_autoptr (GtkTreeListModel) found = fermata_app_outline_tree_search (graph, text, MOST_FOUND);

      gtk_multi_selection_set_model (self->rows, G_LIST_MODEL (found));
    }
  select_rows (self);
  self->is_following = FALSE;
}

static gboolean
rebuild (gpointer user_data)
{
  FermataAppOutline *self = user_data;

  self->rebuild_source = 0;
  list (self);

  return G_SOURCE_REMOVE;
}

static void
queue_rebuild (FermataAppOutline *self)
{
  if (self->rebuild_source == 0)
    self->rebuild_source = g_idle_add (rebuild, self);
}

/* Whether something is nested: below the nodes of the graph itself. */
static gboolean
is_nested (const char *path)
{
  const char *rest = path == NULL || *path == '\0' ? NULL : strchr (path + 1, '/');

  return rest != NULL && strchr (rest + 1, '/') != NULL;
}

/* Lists follow by themselves; not so whether something has any below it. */
static gboolean
changes_tree (FermataEdit *edit)
{
  switch (fermata_edit_get_kind (edit))
    {
    case FERMATA_EDIT_ADD_NODE:
      return *fermata_edit_get_path (edit) != '\0';

    case FERMATA_EDIT_REMOVE_NODE:
      return is_nested (fermata_edit_get_path (edit));

    case FERMATA_EDIT_MOVE_NODE:
    case FERMATA_EDIT_ADD_BODY:
    case FERMATA_EDIT_REMOVE_BODY:
      return TRUE;

    case FERMATA_EDIT_GROUP:
      for (guint i = 0; i < fermata_edit_get_n_edits (edit); i++)
        {
          if (changes_tree (fermata_edit_get_edit (edit, i)))
            return TRUE;
        }
      return FALSE;

    default:
      return FALSE;
    }
}

static void
on_edited (FermataAppOutline *self,
           FermataEdit       *edit)
{
  if (changes_tree (edit))
    queue_rebuild (self);
}

/* --- Search ------------------------------------------------------------------ */

static void
on_search_changed (FermataAppOutline *self)
{
  list (self);
}

static void
on_stop_search (FermataAppOutline *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_search_activate (FermataAppOutline *self)
{
  FermataNode *node;

  list (self);
  node = get_node (self, 0);
  if (node != NULL)
    fermata_app_document_reveal (self->document, node);
}

static void
on_activate (FermataAppOutline *self,
             guint              position)
{
  FermataNode *node = get_node (self, position);

  if (node != NULL)
    fermata_app_document_reveal (self->document, node);
}

void
fermata_app_outline_focus_search (FermataAppOutline *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* --- The widget -------------------------------------------------------------- */

static void
set_document (FermataAppOutline  *self,
              FermataAppDocument *document)
{
  if (document == NULL || self->document != NULL)
    return;

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "looks-changed", G_CALLBACK (on_looks_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fermata_app_document_get_graph (document), "edited", G_CALLBACK (on_edited),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fermata_app_document_get_selection (document), "items-changed",
                           G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  list (self);
}

static void
fermata_app_outline_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  FermataAppOutline *self = FERMATA_APP_OUTLINE (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      set_document (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_outline_dispose (GObject *object)
{
  FermataAppOutline *self = FERMATA_APP_OUTLINE (object);

  g_clear_handle_id (&self->rebuild_source, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->rows);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (fermata_app_outline_parent_class)->dispose (object);
}

static void
fermata_app_outline_finalize (GObject *object)
{
  g_hash_table_unref (FERMATA_APP_OUTLINE (object)->bound);

  G_OBJECT_CLASS (fermata_app_outline_parent_class)->finalize (object);
}

static void
fermata_app_outline_class_init (FermataAppOutlineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = fermata_app_outline_set_property;
  object_class->dispose = fermata_app_outline_dispose;
  object_class->finalize = fermata_app_outline_finalize;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, FERMATA_TYPE_APP_DOCUMENT,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-outline.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppOutline, search);
  gtk_widget_class_bind_template_child (widget_class, FermataAppOutline, stack);
  gtk_widget_class_bind_template_child (widget_class, FermataAppOutline, list);
  gtk_widget_class_bind_template_child (widget_class, FermataAppOutline, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
fermata_app_outline_init (FermataAppOutline *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->bound = g_hash_table_new (NULL, NULL);
  self->rows = gtk_multi_selection_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->rows));
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (show_whether_empty),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "selection-changed", G_CALLBACK (on_rows_selected),
                           self, G_CONNECT_SWAPPED);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->list));
}

GListModel *
fermata_app_outline_get_rows (FermataAppOutline *self)
{
  return G_LIST_MODEL (self->rows);
}
