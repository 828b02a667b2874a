/* fermata-app-canvas-popovers.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-adder.h"
#include "fermata-app-bodies.h"
#include "fermata-app-canvas-drags.h"
#include "fermata-app-connector.h"
#include "fermata-app-renamer.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The popovers of a canvas, made when they are first wanted, and what the adder
 * was asked for. */
typedef struct {
  GtkWidget *adder;
  GtkWidget *connector;
  GtkWidget *renamer;
  GtkWidget *menu;

  FermataAppNewNode wanted; /* with references */
} FermataAppCanvasPopovers;

static FermataAppCanvasPopovers *
get_popovers (FermataAppCanvas *self)
{
  if (self->keys == NULL)
    self->keys = g_new0 (FermataAppCanvasPopovers, 1);
  return self->keys;
}

static void
clear_wanted (FermataAppCanvasPopovers *popovers)
{
  g_clear_object (&popovers->wanted.parent);
  g_clear_object (&popovers->wanted.source);
  g_clear_object (&popovers->wanted.edge);
}

/* What is not on the canvas is pointed to at its rim: a popup has to be on a screen. */
static void
to_rectangle (FermataAppCanvas      *self,
              const graphene_rect_t *rect,
              GdkRectangle          *rectangle)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double x;
  double y;

  fermata_app_canvas_from_scene (self, &rect->origin, &x, &y);
  rectangle->x = (int) CLAMP (floor (x), 0, MAX (width - 1, 0));
  rectangle->y = (int) CLAMP (floor (y), 0, MAX (height - 1, 0));
  rectangle->width = (int) CLAMP (x + rect->size.width * self->zoom - rectangle->x, 1, MAX (width - rectangle->x, 1));
  rectangle->height = (int) CLAMP (y + rect->size.height * self->zoom - rectangle->y, 1,
                                   MAX (height - rectangle->y, 1));
}

static gboolean
get_rectangle (FermataAppCanvas *self,
               gpointer          element,
               GdkRectangle     *rectangle)
{
  graphene_rect_t rect;
  guint serial;

  if (!fermata_app_canvas_get_place (self, element, &rect, &serial))
    return FALSE;
  to_rectangle (self, &rect, rectangle);
  return TRUE;
}

static gboolean
is_machine (FermataAppCanvas *self)
{
  return fermata_graph_get_kind (fermata_app_document_get_shown (self->document)) == FERMATA_GRAPH_KIND_FSM;
}

/* What was asked about may have been deleted meanwhile. */
static gboolean
is_here (FermataAppCanvas *self,
         gpointer          element)
{
  graphene_rect_t rect;
  guint serial;

  return element == NULL || fermata_app_canvas_get_place (self, element, &rect, &serial);
}

/* Adding */

static void
on_addable_chosen (FermataAppCanvas *self,
                   const char       *type,
                   const char       *id)
{
  FermataAppCanvasPopovers *popovers = get_popovers (self);
  FermataAppNewNode what = popovers->wanted;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->scene == NULL || !is_here (self, what.parent) || !is_here (self, what.source) || !is_here (self, what.edge))
    return;
  what.type = type;
  what.id = id;
  fermata_app_canvas_add (self, &what);
}

/* The edge that was drawn to it is taken back, or there for good. */
static void
on_adder_closed (FermataAppCanvas *self)
{
  if (self->gesture.kind == FERMATA_APP_GESTURE_CONNECT)
    fermata_app_canvas_reset_gesture (self);
}

static GtkWidget *
adopt (FermataAppCanvas *self,
       GtkWidget        *popover)
{
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  return popover;
}

void
fermata_app_canvas_ask_add (FermataAppCanvas        *self,
                            const FermataAppNewNode *what)
{
  FermataAppCanvasPopovers *popovers = get_popovers (self);
  graphene_rect_t rect = { what->place, { 1, 1 } };
  GdkRectangle rectangle;

  if (self->scene == NULL)
    return;
  if (popovers->adder == NULL)
    {
      popovers->adder = adopt (self, fermata_app_adder_new ());
      g_signal_connect_swapped (popovers->adder, "chosen", G_CALLBACK (on_addable_chosen), self);
      g_signal_connect_swapped (popovers->adder, "closed", G_CALLBACK (on_adder_closed), self);
    }
  clear_wanted (popovers);
  popovers->wanted = *what;
  popovers->wanted.parent = what->parent != NULL ? g_object_ref (what->parent) : NULL;
  popovers->wanted.source = what->source != NULL ? g_object_ref (what->source) : NULL;
  popovers->wanted.edge = what->edge != NULL ? g_object_ref (what->edge) : NULL;

  to_rectangle (self, &rect, &rectangle);
  fermata_app_adder_open (FERMATA_APP_ADDER (popovers->adder), fermata_app_document_get_engine (self->document),
                          fermata_graph_get_kind (fermata_app_document_get_shown (self->document)), &rectangle);
}

/* Connecting */

static FermataEdge *
find_latest_edge (FermataAppCanvas *self)
{
  FermataGraph *graph = fermata_app_document_get_shown (self->document);
  guint n = fermata_graph_get_n_edges (graph);

  return n > 0 ? fermata_graph_get_edge (graph, n - 1) : NULL;
}

/* To the right of the state that it comes from, with room for what is on the edge. */
static gboolean
add_target (FermataAppCanvas *self,
            FermataNode      *source,
            const char       *id)
{
  FermataAppNewNode what = { .type = "state", .id = id, .parent = fermata_node_get_parent (source), .source = source };
  graphene_rect_t rect;
  guint serial;

  if (!fermata_app_canvas_get_place (self, source, &rect, &serial))
    return FALSE;
  graphene_point_init (&what.place, rect.origin.x + rect.size.width + FERMATA_APP_STATE_WIDTH * 2.5f,
                       rect.origin.y + rect.size.height / 2);
  return fermata_app_canvas_add (self, &what) != NULL;
}

static void
on_target_chosen (FermataAppCanvas *self,
                  const char       *id)
{
  FermataNode *source = fermata_app_connector_get_source (FERMATA_APP_CONNECTOR (get_popovers (self)->connector));
  FermataNode *target;
  FermataEdge *edge = NULL;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->scene == NULL || !is_here (self, source))
    return;
  target = fermata_graph_find_node (fermata_app_document_get_shown (self->document), id);
  if (target != NULL)
    edge = fermata_app_canvas_connect (self, source, target);
  else if (is_machine (self) && add_target (self, source, id))
    edge = find_latest_edge (self);
  if (edge == NULL)
    return;
  fermata_app_canvas_set_cursor (self, edge, TRUE);
  if (is_machine (self))
    fermata_app_canvas_ask_rename (self, edge);
}

void
fermata_app_canvas_ask_connect (FermataAppCanvas *self,
                                FermataNode      *source)
{
  FermataAppCanvasPopovers *popovers = get_popovers (self);
  GdkRectangle rectangle;

  if (!get_rectangle (self, source, &rectangle))
    return;
  if (popovers->connector == NULL)
    {
      popovers->connector = adopt (self, fermata_app_connector_new ());
      g_signal_connect_swapped (popovers->connector, "chosen", G_CALLBACK (on_target_chosen), self);
    }
  fermata_app_connector_open (FERMATA_APP_CONNECTOR (popovers->connector), source, &rectangle);
}

/* Renaming */

void
fermata_app_canvas_ask_rename (FermataAppCanvas *self,
                               gpointer          element)
{
  FermataAppCanvasPopovers *popovers = get_popovers (self);
  GdkRectangle rectangle;

  if (!get_rectangle (self, element, &rectangle))
    return;
  if (popovers->renamer == NULL)
    popovers->renamer = adopt (self, fermata_app_renamer_new ());
  fermata_app_renamer_open (FERMATA_APP_RENAMER (popovers->renamer), self->document, element, &rectangle);
}

/* The menu */

typedef struct {
  const char *title; /* NULL: another section begins */
  const char *action;
  const char *key;
} FermataAppMenuItem;

static const FermataAppMenuItem node_menu[] = {
  { N_("_Rename…"), "canvas.rename", "F2" },
  { N_("_Connect…"), "canvas.connect", "c" },
  { N_("_Enter"), "canvas.enter", "<Control>Down" },
  { NULL },
  { N_("Toggle _Breakpoint"), "canvas.toggle-breakpoint", "F9" },
  { NULL },
  { N_("Cu_t"), "canvas.cut", "<Control>x" },
  { N_("_Copy"), "canvas.copy", "<Control>c" },
  { N_("D_uplicate"), "canvas.duplicate", "<Control>d" },
  { NULL },
  { N_("_Delete"), "canvas.delete", "Delete" },
  { N_("Delete and Reconnect"), "canvas.delete-and-reconnect", "<Control>Delete" },
};

static const FermataAppMenuItem state_menu[] = {
  { N_("_Rename…"), "canvas.rename", "F2" },
  { N_("_Connect…"), "canvas.connect", "c" },
  { N_("Add State _Inside…"), "canvas.add-inside", NULL },
  { N_("_Begin Here"), "canvas.set-initial", NULL },
  { NULL },
  { N_("Toggle _Breakpoint"), "canvas.toggle-breakpoint", "F9" },
  { NULL },
  { N_("Cu_t"), "canvas.cut", "<Control>x" },
  { N_("_Copy"), "canvas.copy", "<Control>c" },
  { N_("D_uplicate"), "canvas.duplicate", "<Control>d" },
  { NULL },
  { N_("_Delete"), "canvas.delete", "Delete" },
  { N_("Delete and Reconnect"), "canvas.delete-and-reconnect", "<Control>Delete" },
};

static const FermataAppMenuItem transition_menu[] = {
  { N_("Event and C_ondition…"), "canvas.rename", "F2" },
  { N_("_Insert a State…"), "canvas.insert", NULL },
  { NULL },
  { N_("Toggle _Breakpoint"), "canvas.toggle-breakpoint", "F9" },
  { NULL },
  { N_("_Delete"), "canvas.delete", "Delete" },
};

static const FermataAppMenuItem edge_menu[] = {
  { N_("_Condition…"), "canvas.rename", "F2" },
  { N_("_Insert a Node…"), "canvas.insert", NULL },
  { NULL },
  { N_("Toggle _Breakpoint"), "canvas.toggle-breakpoint", "F9" },
  { NULL },
  { N_("_Delete"), "canvas.delete", "Delete" },
};

static const FermataAppMenuItem empty_menu[] = {
  { N_("_Add…"), "canvas.add", "<Shift>a" },
  { N_("_Paste"), "canvas.paste", "<Control>v" },
  { N_("_Select All"), "canvas.select-all", "<Control>a" },
  { NULL },
  { N_("Arrange All"), "doc.arrange", "<Control>l" },
  { N_("Zoom to _Fit"), "canvas.zoom-fit", "<Control>9" },
};

static void
take_section (GMenu *menu,
              GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

static GMenuModel *
new_menu (const FermataAppMenuItem *items,
          guint                     n_items)
{
  GMenu *menu = g_menu_new ();
  GMenu *section = g_menu_new ();

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GMenuItem) item = NULL;

      if (items[i].title == NULL)
        {
          take_section (menu, section);
          section = g_menu_new ();
          continue;
        }
      item = g_menu_item_new (_(items[i].title), items[i].action);
      if (items[i].key != NULL)
        g_menu_item_set_attribute (item, "accel", "s", items[i].key);
      g_menu_append_item (section, item);
    }
  take_section (menu, section);
  return G_MENU_MODEL (menu);
}

#define NEW_MENU(items_) new_menu ((items_), G_N_ELEMENTS (items_))

static GMenuModel *
new_menu_for (FermataAppCanvas *self,
              gpointer          element)
{
  if (element == NULL)
    return NEW_MENU (empty_menu);
  if (FERMATA_IS_NODE (element))
    return is_machine (self) ? NEW_MENU (state_menu) : NEW_MENU (node_menu);
  return is_machine (self) ? NEW_MENU (transition_menu) : NEW_MENU (edge_menu);
}

static void
open_model (FermataAppCanvas   *self,
            GMenuModel         *model,
            const GdkRectangle *rectangle)
{
  FermataAppCanvasPopovers *popovers = get_popovers (self);

  if (popovers->menu == NULL)
    {
      popovers->menu = adopt (self, gtk_popover_menu_new_from_model (NULL));
      gtk_popover_set_has_arrow (GTK_POPOVER (popovers->menu), FALSE);
      gtk_widget_set_halign (popovers->menu, GTK_ALIGN_START);
      gtk_popover_set_position (GTK_POPOVER (popovers->menu), GTK_POS_BOTTOM);
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (popovers->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (popovers->menu), rectangle);
  gtk_popover_popup (GTK_POPOVER (popovers->menu));
}

void
fermata_app_canvas_open_menu (FermataAppCanvas *self,
                              gpointer          element,
                              double            x,
                              double            y)
{
  graphene_rect_t rect = { { 0, 0 }, { 0, 0 } };
  GdkRectangle rectangle;
  g_autoptr (GMenuModel) model = NULL;

  if (self->scene == NULL)
    return;
  model = new_menu_for (self, element);
  fermata_app_canvas_to_scene (self, x, y, &rect.origin);
  to_rectangle (self, &rect, &rectangle);
  open_model (self, model, &rectangle);
}

void
fermata_app_canvas_ask_body (FermataAppCanvas *self,
                             FermataNode      *node,
                             GPtrArray        *bodies)
{
  g_autoptr (GMenu) model = g_menu_new ();
  GdkRectangle rectangle;

  if (!get_rectangle (self, node, &rectangle))
    return;

  for (guint i = 0; i < bodies->len; i++)
    {
      FermataNode *owner = fermata_graph_get_owner (bodies->pdata[i]);
      g_autofree char *title = owner == node
                               ? g_strdup (fermata_app_bodies_get_title (fermata_app_bodies_get_name (bodies->pdata[i])))
                               : fermata_app_bodies_dup_title (bodies->pdata[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (title, NULL);

      g_menu_item_set_action_and_target (item, "canvas.enter-body", "u", i);
      g_menu_append_item (model, item);
    }
  open_model (self, G_MENU_MODEL (model), &rectangle);
}

void
fermata_app_canvas_popovers_dispose (FermataAppCanvas *self)
{
  FermataAppCanvasPopovers *popovers = self->keys;

  if (popovers == NULL)
    return;
  g_clear_pointer (&popovers->adder, gtk_widget_unparent);
  g_clear_pointer (&popovers->connector, gtk_widget_unparent);
  g_clear_pointer (&popovers->renamer, gtk_widget_unparent);
  g_clear_pointer (&popovers->menu, gtk_widget_unparent);
  clear_wanted (popovers);
  g_clear_pointer (&self->keys, g_free);
}
