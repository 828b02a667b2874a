/* fermata-app-document.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-document-private.h"

#include "fermata-app-tasks.h"

#include <glib/gi18n.h>
#include <graphene.h>

enum {
  PROP_0,
  PROP_FILE,
  PROP_TITLE,
  PROP_EDITOR,
  PROP_GRAPH,
  PROP_SHOWN,
  PROP_SELECTION,
  PROP_DIAGNOSTICS,
  PROP_BREAKPOINTS,
  PROP_SESSION,
  PROP_DEBUGGER,
  PROP_MODIFIED,
  N_PROPS,
};

enum {
  REVEAL,
  LOOKS_CHANGED,
  FAILED,
  TOLD,
  START_REQUESTED,
  FOCUS_REQUESTED,
  FILE_REQUESTED,
  COMPUTED_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FermataAppDocument, fermata_app_document, G_TYPE_OBJECT)

/* The object */

static void
fermata_app_document_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  FermataAppDocument *self = FERMATA_APP_DOCUMENT (object);

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_TITLE:
      g_value_take_string (value, fermata_app_document_dup_title (self));
      break;
    case PROP_EDITOR:
      g_value_set_object (value, self->editor);
      break;
    case PROP_GRAPH:
      g_value_set_object (value, self->graph);
      break;
    case PROP_SHOWN:
      g_value_set_object (value, self->shown);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    case PROP_DIAGNOSTICS:
      g_value_set_object (value, self->diagnostics);
      break;
    case PROP_BREAKPOINTS:
      g_value_set_object (value, self->breakpoints);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_DEBUGGER:
      g_value_set_object (value, fermata_app_document_get_debugger (self));
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, fermata_editor_is_modified (self->editor));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_document_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  FermataAppDocument *self = FERMATA_APP_DOCUMENT (object);

  switch (prop_id)
    {
    case PROP_SHOWN:
      fermata_app_document_set_shown (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_document_dispose (GObject *object)
{
  FermataAppDocument *self = FERMATA_APP_DOCUMENT (object);

  g_clear_handle_id (&self->looks_source, g_source_remove);
  g_clear_pointer (&self->arranger, fermata_app_arranger_free);
  fermata_app_document_run_dispose (self);
  fermata_app_document_breakpoints_dispose (self);
  fermata_app_document_check_dispose (self);
  if (self->graph != NULL)
    g_signal_handlers_disconnect_by_data (self->graph, self);
  g_clear_object (&self->shown);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (fermata_app_document_parent_class)->dispose (object);
}

static void
fermata_app_document_finalize (GObject *object)
{
  FermataAppDocument *self = FERMATA_APP_DOCUMENT (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->editor);
  g_clear_object (&self->graph);
  g_clear_object (&self->engine);
  g_clear_object (&self->file);
  g_hash_table_unref (self->computed);
  g_hash_table_unref (self->computed_by_key);
  g_clear_pointer (&self->inputs, fermata_value_unref);
  fermata_app_document_files_finalize (self);
  g_free (self->name);
  g_free (self->etag);

  G_OBJECT_CLASS (fermata_app_document_parent_class)->finalize (object);
}

static GParamSpec *
object_property (const char *name,
                 GType       type)
{
  return g_param_spec_object (name, NULL, NULL, type,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static guint
add_signal (const char *name,
            GType       argument)
{
  return g_signal_new (name, FERMATA_TYPE_APP_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, argument == G_TYPE_NONE ? 0 : 1, argument);
}

static void
fermata_app_document_class_init (FermataAppDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fermata_app_document_get_property;
  object_class->set_property = fermata_app_document_set_property;
  object_class->dispose = fermata_app_document_dispose;
  object_class->finalize = fermata_app_document_finalize;

  properties[PROP_FILE] = object_property ("file", G_TYPE_FILE);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_EDITOR] = object_property ("editor", FERMATA_TYPE_EDITOR);
  properties[PROP_GRAPH] = object_property ("graph", FERMATA_TYPE_GRAPH);
  properties[PROP_SHOWN] =
    g_param_spec_object ("shown", NULL, NULL, FERMATA_TYPE_GRAPH,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SELECTION] = object_property ("selection", FERMATA_TYPE_APP_SELECTION);
  properties[PROP_DIAGNOSTICS] = object_property ("diagnostics", G_TYPE_LIST_MODEL);
  properties[PROP_BREAKPOINTS] = object_property ("breakpoints", FERMATA_TYPE_BREAKPOINTS);
  properties[PROP_SESSION] = object_property ("session", FERMATA_TYPE_APP_SESSION);
  properties[PROP_DEBUGGER] = object_property ("debugger", FERMATA_TYPE_DEBUGGER);
  properties[PROP_MODIFIED] =
    g_param_spec_boolean ("modified", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[REVEAL] = add_signal ("reveal", G_TYPE_OBJECT);
  signals[LOOKS_CHANGED] = add_signal ("looks-changed", G_TYPE_NONE);
  signals[FAILED] = add_signal ("failed", G_TYPE_STRING);
  signals[TOLD] = add_signal ("told", G_TYPE_STRING);
  signals[START_REQUESTED] = add_signal ("start-requested", G_TYPE_BOOLEAN);
  signals[FOCUS_REQUESTED] = add_signal ("focus-requested", G_TYPE_STRING);
  signals[FILE_REQUESTED] = add_signal ("file-requested", G_TYPE_FILE);
  signals[COMPUTED_CHANGED] = add_signal ("computed-changed", G_TYPE_NONE);
}

static void
fermata_app_document_init (FermataAppDocument *self)
{
  self->selection = fermata_app_selection_new ();
  self->computed = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  self->computed_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* Following the graph */

static void
drop_removed (FermataAppDocument *self)
{
  guint n = fermata_app_selection_get_n (self->selection);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) element = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (fermata_app_element_is_in_graph (element))
        g_ptr_array_add (kept, g_steal_pointer (&element));
    }
  if (kept->len < n)
    fermata_app_selection_set (self->selection, kept->pdata, kept->len);
}

/* The body that is shown may have gone with its node: then what was around it. */
static gboolean
is_in_document (FermataAppDocument *self,
                FermataGraph       *graph)
{
  return fermata_app_tasks_find_root (graph) == self->graph;
}

/* What a state did is shown of no state when it does something else. */
static void
update_tasks (FermataAppDocument *self)
{
  FermataNode *owner = fermata_app_tasks_find_owner (self->shown);

  while (owner != NULL)
    {
      FermataGraph *around = fermata_node_get_graph (owner);

      fermata_app_tasks_list (owner);
      owner = around == NULL ? NULL : fermata_app_tasks_find_owner (around);
    }
}

static void
graph_edited (FermataAppDocument *self)
{
  self->n_edits++;
  drop_removed (self);
  update_tasks (self);
  if (!is_in_document (self, self->shown))
    fermata_app_document_set_shown (self, self->graph);
  fermata_app_document_check (self);
  fermata_app_document_queue_looks (self);
}

static void
modified_changed (FermataAppDocument *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

static void
name_changed (FermataAppDocument *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static FermataAppDocument *
document_new (FermataEngine *engine,
              FermataGraph  *graph)
{
  FermataAppDocument *self = g_object_new (FERMATA_TYPE_APP_DOCUMENT, NULL);

  self->engine = g_object_ref (engine);
  self->graph = g_object_ref (graph);
  self->shown = g_object_ref (graph);
  self->editor = fermata_editor_new (graph);
  g_signal_connect_swapped (graph, "edited", G_CALLBACK (graph_edited), self);
  g_signal_connect_object (graph, "notify::name", G_CALLBACK (name_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "notify::modified", G_CALLBACK (modified_changed), self,
                           G_CONNECT_SWAPPED);
  fermata_app_document_check_init (self);
  fermata_app_document_breakpoints_init (self);
  fermata_app_document_actions_init (self);
  self->arranger = fermata_app_arranger_new (self);

  return self;
}

FermataAppDocument *
fermata_app_document_new (FermataEngine    *engine,
                          FermataGraphKind  kind)
{
  g_autoptr (FermataGraph) graph = fermata_graph_new (kind);

  return document_new (engine, graph);
}

/* Before anybody follows the graph: it is no edit. */
static void
set_layout (FermataGraph *graph,
            FermataValue *layout)
{
  if (layout != NULL && fermata_value_get_length (layout) > 0)
    fermata_graph_set_member (graph, "layout", layout, NULL);
}

FermataAppDocument *
fermata_app_document_new_with_layout (FermataEngine  *engine,
                                      GBytes         *text,
                                      FermataValue   *layout,
                                      GFile          *file,
                                      const char     *name,
                                      GListStore     *diagnostics,
                                      GError        **error)
{
  g_autoptr (FermataGraph) graph = fermata_format_read_graph (text, name, diagnostics, error);
  FermataAppDocument *self;
  gboolean has_layout;

  if (graph == NULL)
    return NULL;

  has_layout = fermata_graph_get_member (graph, "layout") != NULL;
  set_layout (graph, layout);
  self = document_new (engine, graph);
  self->name = g_strdup (name);
  fermata_app_document_files_init (self, fermata_scxml_recognises (text), has_layout);
  fermata_app_document_set_file (self, file);
  fermata_app_document_check (self);

  return self;
}

FermataAppDocument *
fermata_app_document_new_from_text (FermataEngine  *engine,
                                    GBytes         *text,
                                    GFile          *file,
                                    const char     *name,
                                    GListStore     *diagnostics,
                                    GError        **error)
{
  return fermata_app_document_new_with_layout (engine, text, NULL, file, name, diagnostics, error);
}

/* What it has */

FermataEngine *
fermata_app_document_get_engine (FermataAppDocument *self)
{
  return self->engine;
}

FermataEditor *
fermata_app_document_get_editor (FermataAppDocument *self)
{
  return self->editor;
}

FermataGraph *
fermata_app_document_get_graph (FermataAppDocument *self)
{
  return self->graph;
}

FermataGraph *
fermata_app_document_get_shown (FermataAppDocument *self)
{
  return self->shown;
}

void
fermata_app_document_set_shown (FermataAppDocument *self,
                                FermataGraph       *graph)
{
  if (g_set_object (&self->shown, graph))
    {
      fermata_app_selection_clear (self->selection);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
    }
}

FermataAppSelection *
fermata_app_document_get_selection (FermataAppDocument *self)
{
  return self->selection;
}

GListModel *
fermata_app_document_get_diagnostics (FermataAppDocument *self)
{
  return G_LIST_MODEL (self->diagnostics);
}

FermataBreakpoints *
fermata_app_document_get_breakpoints (FermataAppDocument *self)
{
  return self->breakpoints;
}

FermataAppSession *
fermata_app_document_get_session (FermataAppDocument *self)
{
  return self->session;
}

FermataDebugger *
fermata_app_document_get_debugger (FermataAppDocument *self)
{
  return self->session == NULL ? NULL : fermata_app_session_get_debugger (self->session);
}

void
fermata_app_document_set_session (FermataAppDocument *self,
                                  FermataAppSession  *session)
{
  if (g_set_object (&self->session, session))
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEBUGGER]);
      fermata_app_document_actions_update (self);
      fermata_app_document_queue_looks (self);
    }
}

GActionGroup *
fermata_app_document_get_actions (FermataAppDocument *self)
{
  return self->actions;
}

GFile *
fermata_app_document_get_file (FermataAppDocument *self)
{
  return self->file;
}

void
fermata_app_document_set_file (FermataAppDocument *self,
                               GFile              *file)
{
  if (!g_set_object (&self->file, file))
    return;

  fermata_graph_set_file (self->graph, file);
  fermata_app_document_breakpoints_load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

char *
fermata_app_document_dup_title (FermataAppDocument *self)
{
  const char *name = fermata_graph_get_name (self->graph);

  if (name != NULL && *name != '\0')
    return g_strdup (name);
  if (self->file != NULL)
    return g_file_get_basename (self->file);

  return g_strdup (_("Untitled"));
}

/* Entering */

gboolean
fermata_app_document_can_enter (FermataAppDocument *self,
                                FermataNode        *node)
{
  g_autoptr (GFile) file = NULL;

  if (fermata_node_get_n_bodies (node) > 0 || fermata_app_tasks_list (node) != NULL)
    return TRUE;
  file = fermata_node_resolve_file (node);

  return file != NULL;
}

void
fermata_app_document_open_file_of (FermataAppDocument *self,
                                   FermataNode        *node)
{
  g_autoptr (GFile) file = fermata_node_resolve_file (node);

  if (file != NULL)
    g_signal_emit (self, signals[FILE_REQUESTED], 0, file);
}

/* Doing and telling */

/* What a state does is shown beside the document, and paths are not those in it. */
gboolean
fermata_app_document_can_edit (FermataAppDocument *self)
{
  if (fermata_graph_get_root (self->shown) == self->graph)
    return TRUE;

  fermata_app_document_fail (self, _("What a state does can be looked at here, and is edited as its member “do”"));

  return FALSE;
}

gboolean
fermata_app_document_apply (FermataAppDocument *self,
                            FermataEdit        *edit,
                            const char         *title)
{
  g_autoptr (FermataEdit) taken = edit;
  g_autoptr (GError) error = NULL;

  if (!fermata_app_document_can_edit (self))
    return FALSE;

  if (fermata_editor_apply (self->editor, taken, title, &error))
    return TRUE;

  fermata_app_document_fail (self, error->message);

  return FALSE;
}

void
fermata_app_document_fail (FermataAppDocument *self,
                           const char         *message)
{
  g_signal_emit (self, signals[FAILED], 0, message);
}

void
fermata_app_document_tell (FermataAppDocument *self,
                           const char         *message)
{
  g_signal_emit (self, signals[TOLD], 0, message);
}

void
fermata_app_document_want_focus (FermataAppDocument *self,
                                 const char         *name)
{
  g_signal_emit (self, signals[FOCUS_REQUESTED], 0, name);
}

void
fermata_app_document_want_start (FermataAppDocument *self,
                                 gboolean            held)
{
  g_signal_emit (self, signals[START_REQUESTED], 0, held);
}

void
fermata_app_document_reveal (FermataAppDocument *self,
                             gpointer            element)
{
  FermataGraph *graph = FERMATA_IS_NODE (element) ? fermata_node_get_graph (element)
                                                  : fermata_edge_get_graph (element);

  if (graph == NULL)
    return;

  fermata_app_document_set_shown (self, graph);
  fermata_app_selection_set_only (self->selection, element);
  g_signal_emit (self, signals[REVEAL], 0, element);
}

static gboolean
tell_looks (gpointer user_data)
{
  FermataAppDocument *self = user_data;

  self->looks_source = 0;
  g_signal_emit (self, signals[LOOKS_CHANGED], 0);
  if (self->session != NULL && fermata_app_session_read_on (self->session))
    fermata_app_document_queue_looks (self);

  return G_SOURCE_REMOVE;
}

/* Before GTK's next frame, and after the slices of runs that are ready. */
void
fermata_app_document_queue_looks (FermataAppDocument *self)
{
  if (self->looks_source == 0)
    self->looks_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_looks, self, NULL);
}

/* Positions */

/* In all of the document: nodes that are deleted and brought back are others. */
static char *
dup_key (FermataAppDocument *self,
         FermataNode        *node)
{
  FermataGraph *graph = fermata_node_get_graph (node);
  const char *id = fermata_node_get_id (node);
  g_autofree char *path = NULL;

  if (graph == NULL || id == NULL)
    return NULL;

  path = fermata_graph_dup_path (graph);
  if (fermata_graph_get_root (graph) != self->graph)
    {
      g_autofree char *place = fermata_app_document_dup_place (self, node);

      return g_strconcat (path, "\n", place, NULL);
    }

  return g_strconcat (path, "\n", id, NULL);
}

static const graphene_point_t *
find_computed (FermataAppDocument *self,
               FermataNode        *node)
{
  g_autofree char *key = g_hash_table_size (self->computed_by_key) == 0 ? NULL : dup_key (self, node);

  return key == NULL ? NULL : g_hash_table_lookup (self->computed_by_key, key);
}

gboolean
fermata_app_document_get_position (FermataAppDocument *self,
                                   FermataNode        *node,
                                   double             *x,
                                   double             *y)
{
  const graphene_point_t *point;

  if (fermata_node_get_position (node, x, y))
    return TRUE;

  point = g_hash_table_lookup (self->computed, node);
  if (point == NULL)
    point = find_computed (self, node);
  if (point == NULL)
    return FALSE;

  *x = point->x;
  *y = point->y;

  return TRUE;
}

void
fermata_app_document_set_computed (FermataAppDocument *self,
                                   FermataGraph       *graph,
                                   FermataValue       *positions)
{
  for (FermataNode *node = fermata_graph_get_node (graph, 0); node != NULL;
       node = fermata_node_get_next (node))
    {
      FermataValue *pair = fermata_value_get_member (positions, fermata_node_get_id (node));
      graphene_point_t *point;

      if (pair == NULL || fermata_value_get_length (pair) != 2)
        continue;

      point = g_new (graphene_point_t, 1);
      point->x = fermata_value_get_number (fermata_value_get_element (pair, 0));
      point->y = fermata_value_get_number (fermata_value_get_element (pair, 1));
      g_hash_table_insert (self->computed, g_object_ref (node), point);
      g_hash_table_insert (self->computed_by_key, dup_key (self, node), g_memdup2 (point, sizeof *point));
    }
  g_signal_emit (self, signals[COMPUTED_CHANGED], 0);
}
