/* fermata-app-canvas-proxies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-edits.h"
#include "fermata-app-proxy.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/*
 * The canvas for assistive technology: a child widget for each of the elements
 * nearest to what is seen, and for the one where the keyboard is. There are so
 * few of them that 10,000 nodes that run cost no more than 300, and they are
 * looked at a few times a second. All elements are in the outline.
 */

#define MAX_NODES 200
#define MAX_PROXIES 300
#define MAX_NEW 60
#define INTERVAL_MS 200

/* What is looked through, in the scene's units: several hundred nodes. */
#define MAX_WIDTH 3600.0f
#define MAX_HEIGHT 2400.0f

struct _FermataAppProxies {
  GHashTable *by_element; /* node or edge -> FermataAppProxy, a child of the canvas */
  guint source;
  gboolean is_waiting;    /* something has changed since the last look */
};

typedef struct {
  gpointer element;
  float distance;
} FermataAppNear;

static gboolean (*default_grab_focus) (GtkWidget *widget);

static FermataAppProxy *
find_proxy (FermataAppCanvas *self,
            gpointer          element)
{
  return element != NULL ? g_hash_table_lookup (self->proxies->by_element, element) : NULL;
}

/* Places */

/* Of an edge, its label, or else a spot in the middle of its line. */
static void
get_place_of_route (const FermataAppRoute *route,
                    graphene_rect_t       *rect)
{
  graphene_point_t middle;

  *rect = route->label;
  if (rect->size.width > 0 && rect->size.height > 0)
    return;
  if (route->n_points > 0)
    middle = route->points[route->n_points / 2];
  else
    graphene_rect_get_center (&route->bounds, &middle);
  graphene_rect_init (rect, middle.x - 6, middle.y - 6, 12, 12);
}

gboolean
fermata_app_canvas_get_place (FermataAppCanvas *self,
                              gpointer          element,
                              graphene_rect_t  *rect,
                              guint            *serial)
{
  guint index;

  if (self->scene != NULL && FERMATA_IS_NODE (element) &&
      fermata_app_scene_find_node (self->scene, element, &index))
    {
      const FermataAppItem *item = fermata_app_scene_get_item (self->scene, index);

      *rect = item->rect;
      *serial = item->serial;
      return TRUE;
    }
  if (self->scene != NULL && FERMATA_IS_EDGE (element) &&
      fermata_app_scene_find_edge (self->scene, element, &index))
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (self->scene, index);

      get_place_of_route (route, rect);
      *serial = route->serial;
      return TRUE;
    }
  return FALSE;
}

static void
allocate_proxy (FermataAppCanvas      *self,
                FermataAppProxy       *proxy,
                const graphene_rect_t *rect)
{
  GtkAllocation allocation;
  double x;
  double y;

  fermata_app_canvas_from_scene (self, &rect->origin, &x, &y);
  allocation.x = (int) CLAMP (round (x), -1e6, 1e6);
  allocation.y = (int) CLAMP (round (y), -1e6, 1e6);
  allocation.width = (int) CLAMP (ceil (rect->size.width * self->zoom), 1, 1e6);
  allocation.height = (int) CLAMP (ceil (rect->size.height * self->zoom), 1, 1e6);
  gtk_widget_size_allocate (GTK_WIDGET (proxy), &allocation, -1);
}

/* One whose element is gone has no place until it is given another. */
static void
place_proxy (FermataAppCanvas *self,
             FermataAppProxy  *proxy)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  guint serial;

  fermata_app_canvas_get_place (self, fermata_app_proxy_get_element (proxy), &rect, &serial);
  allocate_proxy (self, proxy, &rect);
}

static void
update_proxy (FermataAppCanvas *self,
              FermataAppProxy  *proxy)
{
  graphene_rect_t rect;
  guint serial;

  if (!fermata_app_canvas_get_place (self, fermata_app_proxy_get_element (proxy), &rect, &serial))
    return;
  fermata_app_proxy_update (proxy, self->document, serial);
  allocate_proxy (self, proxy, &rect);
}

/* Which */

static void
get_area (FermataAppCanvas *self,
          graphene_rect_t  *area)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_point_t centre;
  float w = MIN (width * 1.5f / (float) self->zoom, MAX_WIDTH);
  float h = MIN (height * 1.5f / (float) self->zoom, MAX_HEIGHT);

  fermata_app_canvas_to_scene (self, width / 2.0, height / 2.0, &centre);
  graphene_rect_init (area, centre.x - w / 2, centre.y - h / 2, w, h);
}

static int
compare_near (gconstpointer a,
              gconstpointer b)
{
  const FermataAppNear *near = a;
  const FermataAppNear *other = b;

  if (near->distance != other->distance)
    return near->distance < other->distance ? -1 : 1;
  return 0;
}

static void
add_near (GArray                *all,
          gpointer               element,
          const graphene_rect_t *rect,
          const graphene_rect_t *area)
{
  graphene_point_t centre;
  graphene_point_t middle;
  FermataAppNear near = { element };

  graphene_rect_get_center (rect, &middle);
  graphene_rect_get_center (area, &centre);
  near.distance = graphene_point_distance (&middle, &centre, NULL, NULL);
  g_array_append_val (all, near);
}

/* Adds the nearest of @all to @chosen, a set, as long as it has fewer than
 * @limit; there in the order of the document, here in that of distance. */
static void
choose_nearest (GHashTable *chosen,
                GArray     *all,
                guint       limit)
{
  if (g_hash_table_size (chosen) + all->len > limit)
    g_array_sort (all, compare_near);
  for (guint i = 0; i < all->len && g_hash_table_size (chosen) < limit; i++)
    g_hash_table_add (chosen, g_array_index (all, FermataAppNear, i).element);
}

static void
choose_elements (FermataAppCanvas *self,
                 GHashTable       *chosen)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) routes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (FermataAppNear));
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (FermataAppNear));
  graphene_rect_t place;
  graphene_rect_t area;
  guint serial;

  get_area (self, &area);
  fermata_app_scene_query (self->scene, &area, items, routes);
  for (guint i = 0; i < items->len; i++)
    {
      const FermataAppItem *item = fermata_app_scene_get_item (self->scene, g_array_index (items, guint, i));

      add_near (nodes, item->node, &item->rect, &area);
    }
  for (guint i = 0; i < routes->len; i++)
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (self->scene, g_array_index (routes, guint, i));

      if (route->edge != NULL)
        add_near (edges, route->edge, &route->bounds, &area);
    }

  if (self->cursor != NULL && fermata_app_canvas_get_place (self, self->cursor, &place, &serial))
    g_hash_table_add (chosen, self->cursor);
  choose_nearest (chosen, nodes, MAX_NODES);
  choose_nearest (chosen, edges, MAX_PROXIES);
}

/* Those that stand for what is far away now, to be used again. */
static GPtrArray *
collect_spare (FermataAppCanvas *self,
               GHashTable       *chosen)
{
  GPtrArray *spare = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer element;
  gpointer proxy;

  g_hash_table_iter_init (&iter, self->proxies->by_element);
  while (g_hash_table_iter_next (&iter, &element, &proxy))
    if (!g_hash_table_contains (chosen, element))
      g_ptr_array_add (spare, proxy);
  return spare;
}

/* Takes the latest of @spare (transfer none), NULL if there is none. */
static GtkWidget *
take_spare (FermataAppCanvas *self,
            GPtrArray        *spare)
{
  FermataAppProxy *proxy;

  if (spare == NULL || spare->len == 0)
    return NULL;
  proxy = g_ptr_array_steal_index_fast (spare, spare->len - 1);
  g_hash_table_remove (self->proxies->by_element, fermata_app_proxy_get_element (proxy));
  return GTK_WIDGET (proxy);
}

static FermataAppProxy *
give_proxy (FermataAppCanvas *self,
            GPtrArray        *spare,
            gpointer          element)
{
  GtkWidget *proxy = take_spare (self, spare);

  if (proxy == NULL)
    {
      proxy = fermata_app_proxy_new ();
      gtk_widget_set_parent (proxy, GTK_WIDGET (self));
    }
  fermata_app_proxy_set_element (FERMATA_APP_PROXY (proxy), element);
  g_hash_table_insert (self->proxies->by_element, element, proxy);
  return FERMATA_APP_PROXY (proxy);
}

/* The one that has the focus must not become another element unasked. */
static void
drop_focused (FermataAppCanvas *self,
              GPtrArray        *spare)
{
  for (guint i = 0; i < spare->len; i++)
    {
      GtkWidget *proxy = g_ptr_array_index (spare, i);

      if (!gtk_widget_has_focus (proxy))
        continue;
      g_ptr_array_remove_index_fast (spare, i);
      g_hash_table_remove (self->proxies->by_element, fermata_app_proxy_get_element (FERMATA_APP_PROXY (proxy)));
      default_grab_focus (GTK_WIDGET (self));
      gtk_widget_unparent (proxy);
      return;
    }
}

static void
drop_spare (FermataAppCanvas *self,
            GPtrArray        *spare)
{
  GtkWidget *proxy;

  while ((proxy = take_spare (self, spare)) != NULL)
    gtk_widget_unparent (proxy);
}

/* Only so many become others at once: no frame has to wait for that. */
static void
refresh (FermataAppCanvas *self)
{
  g_autoptr (GHashTable) chosen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) spare = NULL;
  guint n_new = 0;
  GHashTableIter iter;
  gpointer element;
  gpointer proxy;

  if (self->scene != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    choose_elements (self, chosen);
  spare = collect_spare (self, chosen);
  drop_focused (self, spare);

  g_hash_table_iter_init (&iter, chosen);
  while (g_hash_table_iter_next (&iter, &element, NULL))
    {
      proxy = g_hash_table_lookup (self->proxies->by_element, element);
      if (proxy == NULL && n_new++ < MAX_NEW)
        proxy = give_proxy (self, spare, element);
      if (proxy != NULL)
        update_proxy (self, proxy);
    }
  if (n_new > MAX_NEW)
    self->proxies->is_waiting = TRUE;
  else
    drop_spare (self, spare);
}

static gboolean
on_time (gpointer user_data)
{
  FermataAppCanvas *self = user_data;

  if (!self->proxies->is_waiting)
    {
      self->proxies->source = 0;
      return G_SOURCE_REMOVE;
    }
  self->proxies->is_waiting = FALSE;
  refresh (self);
  return G_SOURCE_CONTINUE;
}

/* Which there should be, and what they are called, is looked at a few times a
 * second. */
void
fermata_app_canvas_proxies_queue (FermataAppCanvas *self)
{
  self->proxies->is_waiting = TRUE;
  if (self->proxies->source == 0)
    self->proxies->source = g_timeout_add_full (G_PRIORITY_LOW, INTERVAL_MS, on_time, self, NULL);
}

/* Those that there are follow at once. */
void
fermata_app_canvas_proxies_update (FermataAppCanvas *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_POPOVER (child))
        gtk_popover_present (GTK_POPOVER (child));
      else if (FERMATA_IS_APP_PROXY (child))
        place_proxy (self, FERMATA_APP_PROXY (child));
    }
  fermata_app_canvas_proxies_queue (self);
}

/* The keyboard */

void
fermata_app_canvas_place_cursor (FermataAppCanvas *self,
                                 gpointer          element)
{
  FermataAppProxy *proxy;
  graphene_rect_t place;
  guint serial;

  g_set_object ((GObject **) &self->cursor, element);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (element == NULL || !fermata_app_canvas_get_place (self, element, &place, &serial))
    return;
  proxy = find_proxy (self, element);
  if (proxy == NULL)
    proxy = give_proxy (self, NULL, element);
  update_proxy (self, proxy);
  if (gtk_widget_is_focus (GTK_WIDGET (self)) || FERMATA_IS_APP_PROXY (gtk_widget_get_focus_child (GTK_WIDGET (self))))
    gtk_widget_grab_focus (GTK_WIDGET (proxy));
}

void
fermata_app_canvas_set_cursor (FermataAppCanvas *self,
                               gpointer          element,
                               gboolean          select)
{
  if (element != NULL && self->scene != NULL)
    {
      if (select)
        fermata_app_selection_set_only (fermata_app_document_get_selection (self->document), element);
      fermata_app_canvas_scroll_to (self, element);
    }
  fermata_app_canvas_place_cursor (self, element);
}

/* One stop for Tab: from an element it leads out, from a popover back. */
static gboolean
canvas_focus (GtkWidget        *widget,
              GtkDirectionType  direction)
{
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (GTK_IS_POPOVER (child))
    return gtk_widget_child_focus (child, direction) || gtk_widget_grab_focus (widget);
  return !gtk_widget_is_focus (widget) && child == NULL && gtk_widget_grab_focus (widget);
}

static gboolean
canvas_grab_focus (GtkWidget *widget)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (widget);
  FermataAppProxy *proxy = self->proxies != NULL ? find_proxy (self, self->cursor) : NULL;

  return proxy != NULL ? gtk_widget_grab_focus (GTK_WIDGET (proxy)) : default_grab_focus (widget);
}

void
fermata_app_canvas_proxies_class_init (GtkWidgetClass *klass)
{
  gtk_widget_class_set_accessible_role (klass, GTK_ACCESSIBLE_ROLE_LIST);
  default_grab_focus = klass->grab_focus;
  klass->grab_focus = canvas_grab_focus;
  klass->focus = canvas_focus;
}

void
fermata_app_canvas_proxies_init (FermataAppCanvas *self)
{
  self->proxies = g_new0 (FermataAppProxies, 1);
  self->proxies->by_element = g_hash_table_new (NULL, NULL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Canvas"), -1);
}

void
fermata_app_canvas_proxies_dispose (FermataAppCanvas *self)
{
  GHashTableIter iter;
  gpointer proxy;

  if (self->proxies == NULL)
    return;
  g_clear_handle_id (&self->proxies->source, g_source_remove);
  g_hash_table_iter_init (&iter, self->proxies->by_element);
  while (g_hash_table_iter_next (&iter, NULL, &proxy))
    gtk_widget_unparent (proxy);
  g_hash_table_unref (self->proxies->by_element);
  g_clear_pointer (&self->proxies, g_free);
}
