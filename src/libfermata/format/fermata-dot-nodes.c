/* fermata-dot-nodes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-dot-private.h"

#include <string.h>

#include "format/fermata-dot-label-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/* So many transitions without a target are written in their state. */
#define MAX_INNER_EDGES 6u

/* --- What is written on a node ------------------------------------------- */

static const char *
get_word (FermataNode *node,
          const char  *name)
{
  FermataValue *value = fermata_node_get_member (node, name);

  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING)
    return NULL;

  return fermata_value_get_string (value, NULL);
}

static void
append_actions (GString     *html,
                FermataNode *node,
                const char  *name,
                const char  *colour,
                const char  *align)
{
  FermataValue *actions = fermata_node_get_member (node, name);
  g_autofree char *words = actions != NULL ? fermata_dot_dup_actions (NULL, actions) : NULL;
  g_autofree char *row = words != NULL ? g_strdup_printf ("%s / %s", name, words) : NULL;

  if (row != NULL && *words != '\0')
    fermata_dot_append_row (html, row, colour, align);
}

/* What is invoked, where it is no more than a name: a place, or else a kind. */
static const char *
get_invoked (FermataValue *task)
{
  static const char *const members[] = { "src", "src-expr", "type", "type-expr" };
  FermataValue *with = fermata_value_get_member (task, "with");

  for (guint i = 0; with != NULL && fermata_value_get_kind (with) == FERMATA_VALUE_KIND_OBJECT &&
                    i < G_N_ELEMENTS (members); i++)
    {
      FermataValue *value = fermata_value_get_member (with, members[i]);

      if (value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
        return fermata_value_get_string (value, NULL);
    }

  return NULL;
}

static void
append_task (GString      *html,
             FermataValue *task,
             const char   *colour,
             const char   *align)
{
  FermataValue *type;
  const char *name;
  const char *invoked;
  g_autofree char *row = NULL;

  if (fermata_value_get_kind (task) != FERMATA_VALUE_KIND_OBJECT)
    return;
  type = fermata_value_get_member (task, "type");
  if (type == NULL || fermata_value_get_kind (type) != FERMATA_VALUE_KIND_STRING)
    return;
  name = fermata_value_get_string (type, NULL);
  invoked = g_str_equal (name, "invoke") ? get_invoked (task) : NULL;
  row = g_strdup_printf ("do / %s%s%s", name, invoked != NULL ? " " : "", invoked != NULL ? invoked : "");
  fermata_dot_append_row (html, row, colour, align);
}

/* The first few of what runs while the state is active. */
static void
append_tasks (GString     *html,
              FermataNode *node,
              const char  *colour,
              const char  *align)
{
  FermataValue *tasks = fermata_node_get_member (node, "do");

  if (tasks == NULL || fermata_value_get_kind (tasks) != FERMATA_VALUE_KIND_ARRAY)
    {
      if (tasks != NULL)
        append_task (html, tasks, colour, align);
      return;
    }
  for (gsize i = 0; i < MIN (fermata_value_get_length (tasks), 3); i++)
    append_task (html, fermata_value_get_element (tasks, i), colour, align);
}

/* Transitions without a target are written in the state, as in UML. */
static void
append_inner_edges (FermataDotDrawing *self,
                    GString           *html,
                    FermataNode       *node,
                    const char        *align)
{
  GPtrArray *edges = g_hash_table_lookup (self->inner_edges, node);

  for (guint i = 0; edges != NULL && i < MIN (edges->len, MAX_INNER_EDGES); i++)
    {
      g_autofree char *label = fermata_dot_dup_edge_label (edges->pdata[i], TRUE);

      fermata_dot_append_row (html, label, self->page.colours->dim, align);
    }
  if (edges != NULL && edges->len > MAX_INNER_EDGES)
    fermata_dot_append_row (html, "…", self->page.colours->dim, align);
}

static void
append_state (FermataDotDrawing *self,
              GString           *html,
              FermataNode       *node,
              const char        *align)
{
  const char *dim = self->page.colours->dim;

  fermata_dot_append_row (html, fermata_dot_get_title (node), NULL, align);
  if (g_strcmp0 (fermata_node_get_type_name (node), "parallel") == 0)
    fermata_dot_append_row (html, "parallel", dim, align);
  append_actions (html, node, "entry", dim, align);
  append_actions (html, node, "exit", dim, align);
  append_tasks (html, node, dim, align);
  append_inner_edges (self, html, node, align);
}

/* How often it is tried, and how long it may take. */
static char *
dup_policies (FermataNode *node)
{
  GString *words = g_string_new (NULL);
  FermataValue *retry = fermata_node_get_member (node, "retry");
  const char *timeout = get_word (node, "timeout");
  const char *join = get_word (node, "join");

  if (retry != NULL && fermata_value_get_kind (retry) == FERMATA_VALUE_KIND_OBJECT)
    retry = fermata_value_get_member (retry, "attempts");
  if (join != NULL && !g_str_equal (join, "all"))
    g_string_append_printf (words, "join %s", join);
  if (retry != NULL && fermata_value_get_kind (retry) == FERMATA_VALUE_KIND_INTEGER)
    g_string_append_printf (words, "%sup to %" G_GINT64_FORMAT " attempts", words->len > 0 ? " · " : "",
                            fermata_value_get_integer (retry));
  if (timeout != NULL)
    g_string_append_printf (words, "%swithin %s", words->len > 0 ? " · " : "", timeout);

  return g_string_free (words, FALSE);
}

/* What it is, and of a graph in a file, which. */
static char *
dup_type (FermataNode *node)
{
  const char *type = fermata_node_get_type_name (node);
  FermataValue *with = fermata_value_get_member (fermata_node_get_members (node), "with");
  FermataValue *file = with == NULL || fermata_value_get_kind (with) != FERMATA_VALUE_KIND_OBJECT
                       ? NULL : fermata_value_get_member (with, "file");

  if (g_strcmp0 (type, "subgraph") == 0 && file != NULL && fermata_value_get_kind (file) == FERMATA_VALUE_KIND_STRING)
    return g_strdup_printf ("%s · %s", type, fermata_value_get_string (file, NULL));

  return g_strdup (type);
}

static void
append_card (FermataDotDrawing *self,
             GString           *html,
             FermataNode       *node)
{
  g_autofree char *type = dup_type (node);
  g_autofree char *policies = dup_policies (node);

  fermata_dot_append_row (html, fermata_dot_get_title (node), NULL, "left");
  if (type != NULL)
    fermata_dot_append_row (html, type, self->page.colours->dim, "left");
  if (*policies != '\0')
    fermata_dot_append_row (html, policies, self->page.colours->dim, "left");
}

static void
set_label (FermataDotDrawing *self,
           FermataNode       *node,
           void              *object,
           gboolean           is_machine,
           gboolean           is_cluster)
{
  GString *html = g_string_new (FERMATA_DOT_TABLE);

  g_string_append (html, is_machine || is_cluster ? ">" : " width=\"140\">");
  if (is_machine)
    append_state (self, html, node, is_cluster ? "left" : "center");
  else
    append_card (self, html, node);
  g_string_append (html, "</table>");
  fermata_dot_set_html (object, "label", html->str);
  g_string_free (html, TRUE);
}

/* --- What it looks like -------------------------------------------------- */

static void
style_history (FermataDotDrawing *self,
               FermataNode       *node,
               void              *object)
{
  fermata_dot_set (object, "shape", "circle");
  fermata_dot_set (object, "label", g_strcmp0 (get_word (node, "history"), "deep") == 0 ? "H*" : "H");
  fermata_dot_set (object, "fontcolor", self->page.colours->dim);
  fermata_dot_set (object, "fixedsize", "true");
  fermata_dot_set_length (object, "width", 0.4);
}

static void
set_identity (const FermataDotLevel *level,
              FermataNode           *node,
              void                  *object)
{
  g_autofree char *own_path = fermata_node_dup_path (node);
  g_autofree char *path = g_strconcat (level->path, own_path, NULL);
  const char *description = fermata_node_get_description (node);
  g_autofree char *tooltip = fermata_dot_clip (description != NULL ? description : fermata_dot_get_title (node), 300);

  fermata_dot_set_text (object, "id", path);
  fermata_dot_set_text (object, "tooltip", *tooltip != '\0' ? tooltip : " ");
}

static void
set_position (FermataNode *node,
              Agnode_t    *object)
{
  char across[G_ASCII_DTOSTR_BUF_SIZE];
  char up[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *position = NULL;
  double x, y, width, height;

  if (!fermata_node_get_position (node, &x, &y))
    return;
  fermata_dot_get_node_size (node, &width, &height);
  g_ascii_formatd (across, sizeof across, "%.6g", x + width / 2);
  g_ascii_formatd (up, sizeof up, "%.6g", -(y + height / 2));
  position = g_strdup_printf ("%s,%s", across, up);
  fermata_dot_set (object, "pos", position);
}

static void
style_node (FermataDotDrawing     *self,
            const FermataDotLevel *level,
            FermataNode           *node,
            Agnode_t              *object)
{
  const char *type = fermata_node_get_type_name (node);
  gboolean is_machine = level->is_machine;

  set_identity (level, node, object);
  if (self->options.with_positions)
    set_position (node, object);
  if (is_machine && g_strcmp0 (type, "history") == 0)
    {
      style_history (self, node, object);
      return;
    }
  set_label (self, node, object, is_machine, FALSE);
  fermata_dot_set_length (object, "width", is_machine ? 1.4 : 172 / 72.0);
  fermata_dot_set_length (object, "height", is_machine ? 0.6 : 66 / 72.0);
  if (is_machine && g_strcmp0 (type, "final") == 0)
    fermata_dot_set (object, "peripheries", "2");
}

static void
style_cluster (FermataDotDrawing     *self,
               const FermataDotLevel *level,
               FermataNode           *node,
               Agraph_t              *object)
{
  FermataNode *parent = fermata_node_get_parent (node);
  gboolean is_region = parent != NULL && g_strcmp0 (fermata_node_get_type_name (parent), "parallel") == 0;

  set_identity (level, node, object);
  set_label (self, node, object, level->is_machine, TRUE);
  fermata_dot_set (object, "style", is_region ? "rounded,filled,dashed" : "rounded,filled");
  fermata_dot_set (object, "fillcolor", self->page.colours->region);
  fermata_dot_set (object, "color", self->page.colours->border);
  fermata_dot_set (object, "margin", "14");
}

/* --- Places -------------------------------------------------------------- */

FermataDotPlace *
fermata_dot_find_place (FermataDotDrawing *self,
                        FermataNode       *node)
{
  return node != NULL ? g_hash_table_lookup (self->places, node) : NULL;
}

char *
fermata_dot_extra_name (FermataDotDrawing *self,
                        const char        *what)
{
  return g_strdup_printf ("#%s %u", what, ++self->n_extra);
}

Agnode_t *
fermata_dot_add_dot (FermataDotDrawing *self,
                     Agraph_t          *around,
                     const char        *what,
                     const char        *colour,
                     double             size)
{
  g_autofree char *name = fermata_dot_extra_name (self, what);
  Agnode_t *dot = fermata_dot_add_node (around, name);

  fermata_dot_set (dot, "shape", "point");
  fermata_dot_set (dot, "style", "filled");
  fermata_dot_set (dot, "fillcolor", colour);
  fermata_dot_set (dot, "color", colour);
  fermata_dot_set_length (dot, "width", size);
  fermata_dot_set (dot, "tooltip", what);

  return dot;
}

/* It is the first thing that Graphviz sees there, and so on the left: clusters
 * are written before nodes, but this is in one, too, of which nothing is seen. */
static Agnode_t *
add_initial_dot (FermataDotDrawing *self,
                 Agraph_t          *around)
{
  g_autofree char *name = fermata_dot_extra_name (self, "start");

  return fermata_dot_add_dot (self, agsubg (around, name, TRUE), "initial", self->page.colours->title, 0.18);
}

/* Whatever is drawn first in a cluster is where edges to it go. */
static void
tell_clusters (FermataDotDrawing *self,
               FermataNode       *parent,
               Agnode_t          *leaf)
{
  while (parent != NULL)
    {
      FermataDotPlace *place = fermata_dot_find_place (self, parent);

      if (place == NULL || place->leaf != NULL)
        return;
      place->leaf = leaf;
      parent = place->parent;
    }
}

/* What a task may have as bodies */
static const char *const task_bodies[] = { "body", "catch", "finally" };

/* Of a state: the body @name of its task number @index, and where that is. */
static FermataValue *
get_task_body (FermataNode *node,
               gsize        index,
               const char  *name,
               char       **path)
{
  FermataValue *tasks = fermata_node_get_member (node, "do");
  gboolean is_array = tasks != NULL && fermata_value_get_kind (tasks) == FERMATA_VALUE_KIND_ARRAY;
  FermataValue *task = is_array ? fermata_value_get_element (tasks, index) : tasks;
  FermataValue *body;

  if (task == NULL || fermata_value_get_kind (task) != FERMATA_VALUE_KIND_OBJECT)
    return NULL;
  body = fermata_value_get_member (task, name);
  if (body == NULL || fermata_value_get_kind (body) != FERMATA_VALUE_KIND_OBJECT)
    return NULL;
  if (path != NULL)
    {
      g_autofree char *of_node = fermata_node_dup_path (node);

      *path = is_array ? g_strdup_printf ("%s/do/%" G_GSIZE_FORMAT "/%s", of_node, index, name)
                       : g_strconcat (of_node, "/do/", name, NULL);
    }

  return body;
}

static gsize
count_tasks (FermataNode *node)
{
  FermataValue *tasks = fermata_node_get_member (node, "do");

  if (tasks == NULL)
    return 0;

  return fermata_value_get_kind (tasks) == FERMATA_VALUE_KIND_ARRAY ? fermata_value_get_length (tasks) : 1;
}

static gboolean
has_nodes (FermataValue *body)
{
  FermataValue *nodes = body != NULL ? fermata_value_get_member (body, "nodes") : NULL;
  gsize length = 0;

  if (nodes != NULL && fermata_value_get_kind (nodes) == FERMATA_VALUE_KIND_ARRAY)
    length = fermata_value_get_length (nodes);
  for (gsize i = 0; i < length; i++)
    {
      if (fermata_value_get_kind (fermata_value_get_element (nodes, i)) == FERMATA_VALUE_KIND_OBJECT)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_something_in_it (FermataNode *node,
                     gboolean     is_machine)
{
  if (fermata_node_get_n_children (node) > 0)
    return TRUE;
  for (guint i = 0; i < fermata_node_get_n_bodies (node); i++)
    {
      if (fermata_graph_get_n_nodes (fermata_node_get_body_at (node, i)) > 0)
        return TRUE;
    }
  for (gsize i = 0; is_machine && i < count_tasks (node) * G_N_ELEMENTS (task_bodies); i++)
    {
      if (has_nodes (get_task_body (node, i / G_N_ELEMENTS (task_bodies),
                                    task_bodies[i % G_N_ELEMENTS (task_bodies)], NULL)))
        return TRUE;
    }

  return FALSE;
}

/* Its name in the picture: the id, or the ids of all around it. The first of
 * several with the same id has it to itself. */
static char *
dup_name (FermataDotDrawing     *self,
          const FermataDotLevel *level,
          FermataNode           *node)
{
  const char *id = fermata_node_get_id (node);

  if (*id == '\0' || fermata_graph_find_node (level->graph, id) != node)
    return fermata_dot_extra_name (self, id);

  return g_strconcat (level->prefix, id, NULL);
}

/* @path is NULL for a graph of the document's. */
static void
push_level (FermataDotDrawing     *self,
            const FermataDotLevel *outer,
            FermataNode           *owner,
            FermataGraph          *graph,
            Agraph_t              *around,
            const char            *name,
            const char            *path)
{
  FermataDotLevel *level = g_new0 (FermataDotLevel, 1);
  FermataGraphKind kind = fermata_graph_get_kind (graph);

  level->graph = g_object_ref (graph);
  level->owner = owner;
  level->around = around;
  level->prefix = g_strconcat (name, "/", NULL);
  level->path = g_strconcat (outer->path, path, NULL);
  level->is_machine = kind == FERMATA_GRAPH_KIND_FSM || (kind == FERMATA_GRAPH_KIND_UNKNOWN && outer->is_machine);
  g_queue_push_tail (&self->levels, level);
}

static Agraph_t *
add_body_cluster (Agraph_t   *cluster,
                  const char *name,
                  const char *title)
{
  Agraph_t *around = fermata_dot_add_cluster (cluster, name);

  fermata_dot_set_text (around, "label", title);
  fermata_dot_set (around, "style", "rounded,dashed");
  fermata_dot_set (around, "id", "");
  fermata_dot_set_text (around, "tooltip", title);

  return around;
}

/* One body is drawn in the box of its node, several each in a box of its own. */
static void
push_bodies (FermataDotDrawing     *self,
             const FermataDotLevel *level,
             FermataNode           *node,
             Agraph_t              *cluster,
             const char            *name)
{
  guint n_bodies = fermata_node_get_n_bodies (node);

  for (guint i = 0; i < n_bodies; i++)
    {
      const char *body = fermata_node_get_body_name (node, i);
      g_autofree char *body_name = n_bodies > 1 ? g_strconcat (name, "/", body, NULL) : g_strdup (name);
      Agraph_t *around = n_bodies > 1 ? add_body_cluster (cluster, body_name, body) : cluster;

      push_level (self, level, node, fermata_node_get_body_at (node, i), around, body_name, NULL);
    }
}

/* What a state runs while it is active is beside the states in it. */
static void
push_tasks (FermataDotDrawing     *self,
            const FermataDotLevel *level,
            FermataNode           *node,
            Agraph_t              *cluster,
            const char            *name)
{
  for (gsize i = 0; i < count_tasks (node) * G_N_ELEMENTS (task_bodies); i++)
    {
      gsize task = i / G_N_ELEMENTS (task_bodies);
      const char *body_name = task_bodies[i % G_N_ELEMENTS (task_bodies)];
      g_autofree char *path = NULL;
      FermataValue *body = get_task_body (node, task, body_name, &path);
      g_autofree char *task_name = NULL;
      g_autoptr (FermataGraph) graph = NULL;
      const char *title = g_str_equal (body_name, "body") ? "do" : body_name;

      if (!has_nodes (body))
        continue;
      task_name = g_strdup_printf ("%s/do %" G_GSIZE_FORMAT "%s%s", name, task,
                                   title == body_name ? "/" : "", title == body_name ? title : "");
      graph = fermata_graph_new_from_value (body);
      push_level (self, level, node, graph, add_body_cluster (cluster, task_name, title), task_name, path);
    }
}

static void
draw_node (FermataDotDrawing     *self,
           const FermataDotLevel *level,
           FermataNode           *node)
{
  FermataDotPlace *place = g_new0 (FermataDotPlace, 1);
  g_autofree char *name = dup_name (self, level, node);
  FermataNode *state = fermata_node_get_parent (node);

  place->parent = state != NULL ? state : level->owner;
  if (fermata_dot_find_place (self, place->parent) == NULL)
    place->parent = NULL;
  place->around = state != NULL ? fermata_dot_find_place (self, state)->cluster : level->around;
  g_hash_table_insert (self->places, node, place);
  if (has_something_in_it (node, level->is_machine))
    {
      place->cluster = fermata_dot_add_cluster (place->around, name);
      style_cluster (self, level, node, place->cluster);
      if (fermata_node_get_n_children (node) > 0
          && g_strcmp0 (fermata_node_get_type_name (node), "parallel") != 0)
        place->dot = add_initial_dot (self, place->cluster);
      push_bodies (self, level, node, place->cluster, name);
      if (level->is_machine)
        push_tasks (self, level, node, place->cluster, name);
      return;
    }
  place->node = fermata_dot_add_node (place->around, name);
  style_node (self, level, node, place->node);
  tell_clusters (self, place->parent, place->node);
}

static void
collect_inner_edges (FermataDotDrawing *self,
                     FermataGraph      *graph)
{
  guint n_edges = fermata_graph_get_n_edges (graph);

  for (guint i = 0; i < n_edges; i++)
    {
      FermataEdge *edge = fermata_graph_get_edge (graph, i);
      FermataNode *node = fermata_edge_get_source (edge);
      GPtrArray *edges;

      if (node == NULL || fermata_edge_get_n_targets (edge) > 0)
        continue;
      edges = g_hash_table_lookup (self->inner_edges, node);
      if (edges == NULL)
        {
          edges = g_ptr_array_new ();
          g_hash_table_insert (self->inner_edges, node, edges);
        }
      g_ptr_array_add (edges, edge);
    }
}

void
fermata_dot_draw_nodes (FermataDotDrawing *self,
                        FermataDotLevel   *level)
{
  FermataNode *node = NULL;

  if (level->is_machine)
    collect_inner_edges (self, level->graph);
  if (level->is_machine && fermata_graph_get_n_nodes (level->graph) > 0)
    level->dot = add_initial_dot (self, level->around);
  if (fermata_graph_get_n_nodes (level->graph) > 0)
    node = fermata_graph_get_node (level->graph, 0);
  for (; node != NULL; node = fermata_node_get_next (node))
    draw_node (self, level, node);
}
