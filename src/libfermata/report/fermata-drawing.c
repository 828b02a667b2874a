/* fermata-drawing.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-drawing-private.h"

#include <math.h>

struct _FermataDrawing {
  GObject parent_instance;

  FermataDrawingParts parts;
};

G_DEFINE_FINAL_TYPE (FermataDrawing, fermata_drawing, G_TYPE_OBJECT)

static void
fermata_drawing_finalize (GObject *object)
{
  FermataDrawing *self = FERMATA_DRAWING (object);

  fermata_drawing_parts_clear (&self->parts);

  G_OBJECT_CLASS (fermata_drawing_parent_class)->finalize (object);
}

static void
fermata_drawing_class_init (FermataDrawingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_drawing_finalize;
}

static void
fermata_drawing_init (FermataDrawing *self)
{
  fermata_drawing_parts_init (&self->parts);
}

/**
 * fermata_shape_get_point:
 * @self: a shape
 * @index: a place, from 0
 *
 * One of the points of a shape.
 *
 * Returns: (transfer none): the point
 */
const FermataPoint *
fermata_shape_get_point (const FermataShape *self,
                         guint               index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_points, NULL);

  return &self->points[index];
}

/**
 * fermata_drawing_new_from_json:
 * @json: what Graphviz writes as `json`
 * @error: return location for a [error@Fermata.ReportError]
 *
 * Reads a picture. What is said in the text of how it is drawn is checked;
 * members that are not known are passed over.
 *
 * Returns: (transfer full): a picture, or %NULL with @error set
 */
FermataDrawing *
fermata_drawing_new_from_json (GBytes  *json,
                               GError **error)
{
  g_autoptr (FermataDrawing) self = NULL;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (FERMATA_TYPE_DRAWING, NULL);

  return fermata_drawing_parts_read (&self->parts, json, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * fermata_drawing_get_width:
 * @self: a picture
 *
 * How wide the picture is.
 *
 * Returns: its width in points
 */
double
fermata_drawing_get_width (FermataDrawing *self)
{
  g_return_val_if_fail (FERMATA_IS_DRAWING (self), 0);

  return self->parts.width;
}

/**
 * fermata_drawing_get_height:
 * @self: a picture
 *
 * How high the picture is.
 *
 * Returns: its height in points
 */
double
fermata_drawing_get_height (FermataDrawing *self)
{
  g_return_val_if_fail (FERMATA_IS_DRAWING (self), 0);

  return self->parts.height;
}

/**
 * fermata_drawing_get_n_elements:
 * @self: a picture
 *
 * How many nodes, edges and clusters the picture has, itself counted.
 *
 * Returns: the number of elements
 */
guint
fermata_drawing_get_n_elements (FermataDrawing *self)
{
  g_return_val_if_fail (FERMATA_IS_DRAWING (self), 0);

  return self->parts.elements->len;
}

/**
 * fermata_drawing_get_element:
 * @self: a picture
 * @index: a place, from 0
 *
 * An element. They come in the order in which they are painted: the picture,
 * clusters, the outer ones first, edges, nodes.
 *
 * Returns: (transfer none): the element
 */
const FermataDrawingElement *
fermata_drawing_get_element (FermataDrawing *self,
                             guint           index)
{
  g_return_val_if_fail (FERMATA_IS_DRAWING (self), NULL);
  g_return_val_if_fail (index < self->parts.elements->len, NULL);

  return &g_array_index (self->parts.elements, FermataDrawingElement, index);
}

/**
 * fermata_drawing_get_n_shapes:
 * @self: a picture
 *
 * Of how many shapes the picture is made.
 *
 * Returns: the number of shapes
 */
guint
fermata_drawing_get_n_shapes (FermataDrawing *self)
{
  g_return_val_if_fail (FERMATA_IS_DRAWING (self), 0);

  return self->parts.shapes->len;
}

/**
 * fermata_drawing_get_shape:
 * @self: a picture
 * @index: a place, from 0
 *
 * A shape. They come in the order in which they are painted, so those of an
 * element are one after the other.
 *
 * Returns: (transfer none): the shape
 */
const FermataShape *
fermata_drawing_get_shape (FermataDrawing *self,
                           guint           index)
{
  g_return_val_if_fail (FERMATA_IS_DRAWING (self), NULL);
  g_return_val_if_fail (index < self->parts.shapes->len, NULL);

  return &g_array_index (self->parts.shapes, FermataShape, index);
}

/**
 * fermata_drawing_find_id:
 * @self: a picture
 * @id: an attribute `id`
 *
 * Finds what stands for something.
 *
 * Returns: (transfer none) (nullable): the first element with that attribute
 */
const FermataDrawingElement *
fermata_drawing_find_id (FermataDrawing *self,
                         const char     *id)
{
  g_return_val_if_fail (FERMATA_IS_DRAWING (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->parts.by_id, id);
}

static gboolean
is_within (const FermataDrawingElement *element,
           double                       x,
           double                       y,
           double                       tolerance)
{
  return x >= element->x - tolerance && x <= element->x + element->width + tolerance
         && y >= element->y - tolerance && y <= element->y + element->height + tolerance;
}

static double
distance_to_segment (const FermataPoint *a,
                     const FermataPoint *b,
                     double              x,
                     double              y)
{
  double dx = b->x - a->x, dy = b->y - a->y;
  double length = dx * dx + dy * dy;
  double t = length > 0 ? ((x - a->x) * dx + (y - a->y) * dy) / length : 0;

  t = CLAMP (t, 0, 1);

  return hypot (x - (a->x + t * dx), y - (a->y + t * dy));
}

/* A curve is sixteen straight lines. */
static double
distance_to_curve (const FermataPoint *points,
                   double              x,
                   double              y)
{
  FermataPoint last = points[0];
  double distance = G_MAXDOUBLE;

  for (guint i = 1; i <= 16; i++)
    {
      double t = i / 16.0, u = 1 - t;
      double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
      FermataPoint next = { a * points[0].x + b * points[1].x + c * points[2].x + d * points[3].x,
                            a * points[0].y + b * points[1].y + c * points[2].y + d * points[3].y };

      distance = MIN (distance, distance_to_segment (&last, &next, x, y));
      last = next;
    }

  return distance;
}

static double
distance_to_shape (const FermataShape *shape,
                   double              x,
                   double              y)
{
  double distance = G_MAXDOUBLE;

  if (shape->kind == FERMATA_SHAPE_BEZIER)
    {
      for (guint i = 0; i + 3 < shape->n_points; i += 3)
        distance = MIN (distance, distance_to_curve (shape->points + i, x, y));
    }
  else if (shape->kind == FERMATA_SHAPE_TEXT)
    {
      double left = shape->points[0].x - shape->anchor * shape->text_width;
      FermataPoint a = { left, shape->points[0].y - shape->font_size * 0.35 };
      FermataPoint b = { left + shape->text_width, a.y };

      distance = MAX (distance_to_segment (&a, &b, x, y) - shape->font_size * 0.5, 0);
    }
  else if (shape->kind != FERMATA_SHAPE_ELLIPSE)
    {
      for (guint i = 0; i + 1 < shape->n_points; i++)
        distance = MIN (distance, distance_to_segment (shape->points + i, shape->points + i + 1, x, y));
    }

  return distance;
}

static double
distance_to_edge (FermataDrawing              *self,
                  const FermataDrawingElement *edge,
                  double                       x,
                  double                       y)
{
  double distance = G_MAXDOUBLE;

  for (guint i = 0; i < edge->n_shapes; i++)
    distance = MIN (distance,
                    distance_to_shape (fermata_drawing_get_shape (self, edge->first_shape + i), x, y));

  return distance;
}

/**
 * fermata_drawing_find_at:
 * @self: a picture
 * @x: from left to right, in points
 * @y: from top to bottom, in points
 * @tolerance: how far off an edge may be, in points
 *
 * Finds what is at a place: a node, or else the nearest edge, or else the
 * innermost cluster. The label of an edge belongs to it.
 *
 * Returns: (transfer none) (nullable): the element, or %NULL if there is
 *   nothing but the picture itself
 */
const FermataDrawingElement *
fermata_drawing_find_at (FermataDrawing *self,
                         double          x,
                         double          y,
                         double          tolerance)
{
  const FermataDrawingElement *found = NULL;
  double nearest = tolerance;

  g_return_val_if_fail (FERMATA_IS_DRAWING (self), NULL);

  for (guint i = self->parts.elements->len; i > 0; i--)
    {
      const FermataDrawingElement *element = fermata_drawing_get_element (self, i - 1);
      double distance;

      if (!is_within (element, x, y, element->kind == FERMATA_DRAWING_EDGE ? tolerance : 0))
        continue;
      if (element->kind == FERMATA_DRAWING_NODE)
        return element;
      if (element->kind == FERMATA_DRAWING_CLUSTER)
        return found != NULL ? found : element;
      if (element->kind != FERMATA_DRAWING_EDGE)
        continue;
      distance = distance_to_edge (self, element, x, y);
      if (distance <= nearest)
        {
          found = element;
          nearest = distance;
        }
    }

  return found;
}
