/* fermata-drawing-json.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-drawing-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "value/fermata-value-reader.h"

/* Longer than any picture; what is further away is no place. */
#define FARTHEST 1e7

/* The operations of xdot come in lists, as members of what they draw. */
static const char *const lists[] = {
  "_draw_", "_tdraw_", "_hdraw_", "_ldraw_", "_tldraw_", "_hldraw_",
};

/* What the next shape looks like. */
typedef struct {
  FermataColour pen;
  FermataColour fill;
  double line_width;
  FermataLineStyle line_style;
  const char *font;
  double font_size;
  FermataFontFlags font_flags;
} Pen;

typedef struct {
  FermataDrawingParts *parts;
  FermataValue *objects;
  double left;
  double top;
} Reading;

static gboolean
refuse (const char  *what,
        GError     **error)
{
  g_set_error (error, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_LAYOUT,
               _("The layout is not what was expected: %s"), what);

  return FALSE;
}

static FermataValue *
get (FermataValue     *object,
     const char       *name,
     FermataValueKind  kind)
{
  FermataValue *value = fermata_value_get_member (object, name);

  return value != NULL && fermata_value_get_kind (value) == kind ? value : NULL;
}

static const char *
get_text (FermataValue *object,
          const char   *name)
{
  FermataValue *value = get (object, name, FERMATA_VALUE_KIND_STRING);

  return value != NULL ? fermata_value_get_string (value, NULL) : NULL;
}

static const char *
keep_text (Reading    *self,
           const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->parts->texts, text) : NULL;
}

static gboolean
is_object (FermataValue *value)
{
  return fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT;
}

static gboolean
read_number (FermataValue *value,
             double       *number)
{
  FermataValueKind kind;

  if (value == NULL)
    return FALSE;
  kind = fermata_value_get_kind (value);
  if (kind != FERMATA_VALUE_KIND_INTEGER && kind != FERMATA_VALUE_KIND_NUMBER)
    return FALSE;
  *number = fermata_value_get_number (value);

  return isfinite (*number) && fabs (*number) <= FARTHEST;
}

static gboolean
read_numbers (FermataValue *value,
              double       *numbers,
              gsize         n_numbers)
{
  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY
      || fermata_value_get_length (value) != n_numbers)
    return FALSE;
  for (gsize i = 0; i < n_numbers; i++)
    {
      if (!read_number (fermata_value_get_element (value, i), &numbers[i]))
        return FALSE;
    }

  return TRUE;
}

/* Numbers in a text, with commas between them; those that are none stay as they
 * were. */
static gboolean
read_list (const char *text,
           double     *numbers,
           gsize       n_numbers)
{
  for (gsize i = 0; text != NULL && i < n_numbers; i++)
    {
      char *end;
      double number = g_ascii_strtod (text, &end);

      if (end == text || !isfinite (number) || fabs (number) > FARTHEST)
        return FALSE;
      numbers[i] = number;
      text = *end == ',' ? end + 1 : end;
    }

  return text != NULL && *text == '\0';
}

/* Pens */

static gboolean
read_colour (const char    *text,
             FermataColour *colour)
{
  guint parts[4] = { 0, 0, 0, 255 };
  gsize length = text != NULL ? strlen (text) : 0;

  if ((length != 7 && length != 9) || text[0] != '#')
    return FALSE;
  for (gsize i = 1; i < length; i++)
    {
      guint *part = &parts[(i - 1) / 2];

      if (!g_ascii_isxdigit (text[i]))
        return FALSE;
      *part = (i % 2 == 1 ? 0 : *part * 16) + (guint) g_ascii_xdigit_value (text[i]);
    }
  *colour = (FermataColour) { parts[0] / 255.0f, parts[1] / 255.0f, parts[2] / 255.0f,
                              parts[3] / 255.0f };

  return TRUE;
}

/* Of a gradient the colour that it begins with. */
static gboolean
read_colour_of (FermataValue  *op,
                FermataColour *colour)
{
  FermataValue *stops = get (op, "stops", FERMATA_VALUE_KIND_ARRAY);
  FermataValue *stop;

  if (stops == NULL || fermata_value_get_length (stops) == 0)
    return read_colour (get_text (op, "color"), colour);
  stop = fermata_value_get_element (stops, 0);

  return is_object (stop) && read_colour (get_text (stop, "color"), colour);
}

static void
read_style (Pen        *pen,
            const char *style)
{
  const char *const widths = "setlinewidth(";

  if (g_str_equal (style, "solid"))
    pen->line_style = FERMATA_LINE_SOLID;
  else if (g_str_equal (style, "dashed"))
    pen->line_style = FERMATA_LINE_DASHED;
  else if (g_str_equal (style, "dotted"))
    pen->line_style = FERMATA_LINE_DOTTED;
  else if (g_str_has_prefix (style, widths))
    {
      double width = g_ascii_strtod (style + strlen (widths), NULL);

      pen->line_width = width > 0 && width <= 1000 ? width : 0;
    }
}

static FermataFontFlags
read_font_flags (double number)
{
  guint bits = number >= 0 && number < 64 ? (guint) number : 0;

  return ((bits & 1) != 0 ? FERMATA_FONT_BOLD : 0) | ((bits & 2) != 0 ? FERMATA_FONT_ITALIC : 0)
         | ((bits & 4) != 0 ? FERMATA_FONT_UNDERLINE : 0) | ((bits & 32) != 0 ? FERMATA_FONT_STRUCK : 0);
}

/* Shapes */

static void
add_point (Reading *self,
           double   x,
           double   y)
{
  FermataPoint point = { x - self->left, self->top - y };

  g_array_append_val (self->parts->points, point);
}

static gboolean
add_shape (Reading          *self,
           const Pen        *pen,
           FermataShapeKind  kind,
           gboolean          is_filled,
           guint             first_point,
           FermataShape     *text)
{
  FermataShape shape = {
    .kind = kind, .pen = pen->pen, .line_width = pen->line_width, .line_style = pen->line_style,
  };

  if (text != NULL)
    shape = *text;
  if (is_filled)
    shape.fill = pen->fill;
  shape.points = GUINT_TO_POINTER (first_point);
  shape.n_points = self->parts->points->len - first_point;
  g_array_append_val (self->parts->shapes, shape);

  return TRUE;
}

static gboolean
read_ellipse (Reading      *self,
              const Pen    *pen,
              FermataValue *op,
              gboolean      is_filled)
{
  guint first = self->parts->points->len;
  FermataPoint radii;
  double rect[4];

  if (!read_numbers (fermata_value_get_member (op, "rect"), rect, 4) || rect[2] < 0 || rect[3] < 0)
    return FALSE;
  add_point (self, rect[0], rect[1]);
  radii = (FermataPoint) { rect[2], rect[3] };
  g_array_append_val (self->parts->points, radii);

  return add_shape (self, pen, FERMATA_SHAPE_ELLIPSE, is_filled, first, NULL);
}

static gboolean
read_line (Reading          *self,
           const Pen        *pen,
           FermataValue     *op,
           FermataShapeKind  kind,
           gboolean          is_filled)
{
  FermataValue *points = get (op, "points", FERMATA_VALUE_KIND_ARRAY);
  gsize length = points != NULL ? fermata_value_get_length (points) : 0;
  guint first = self->parts->points->len;

  if (length < (kind == FERMATA_SHAPE_BEZIER ? 4 : kind == FERMATA_SHAPE_POLYGON ? 3 : 2)
      || (kind == FERMATA_SHAPE_BEZIER && length % 3 != 1))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      double point[2];

      if (!read_numbers (fermata_value_get_element (points, i), point, 2))
        return FALSE;
      add_point (self, point[0], point[1]);
    }

  return add_shape (self, pen, kind, is_filled, first, NULL);
}

static gboolean
read_text (Reading      *self,
           const Pen    *pen,
           FermataValue *op)
{
  FermataShape shape = {
    .kind = FERMATA_SHAPE_TEXT, .pen = pen->pen, .font = pen->font, .font_size = pen->font_size,
    .font_flags = pen->font_flags, .line_width = pen->line_width,
  };
  const char *align = get_text (op, "align");
  guint first = self->parts->points->len;
  double point[2];

  shape.text = keep_text (self, get_text (op, "text"));
  if (shape.text == NULL || align == NULL
      || !read_numbers (fermata_value_get_member (op, "pt"), point, 2)
      || !read_number (fermata_value_get_member (op, "width"), &shape.text_width)
      || shape.text_width < 0)
    return FALSE;
  shape.anchor = *align == 'l' ? 0 : *align == 'r' ? 1 : 0.5;
  add_point (self, point[0], point[1]);

  return add_shape (self, pen, FERMATA_SHAPE_TEXT, FALSE, first, &shape);
}

static gboolean
read_font (Reading      *self,
           Pen          *pen,
           FermataValue *op)
{
  pen->font = keep_text (self, get_text (op, "face"));

  return pen->font != NULL && read_number (fermata_value_get_member (op, "size"), &pen->font_size)
         && pen->font_size >= 0;
}

/* The letters are those of xdot; what it adds in later versions is passed over. */
static gboolean
read_operation (Reading      *self,
                Pen          *pen,
                FermataValue *op)
{
  const char *letter = get_text (op, "op");
  double number = 0;

  if (letter == NULL || letter[0] == '\0')
    return FALSE;
  switch (letter[0])
    {
    case 'c':
      return read_colour_of (op, &pen->pen);
    case 'C':
      return read_colour_of (op, &pen->fill);
    case 'S':
      if (get_text (op, "style") == NULL)
        return FALSE;
      read_style (pen, get_text (op, "style"));
      return TRUE;
    case 'F':
      return read_font (self, pen, op);
    case 't':
      if (!read_number (fermata_value_get_member (op, "fontchar"), &number))
        return FALSE;
      pen->font_flags = read_font_flags (number);
      return TRUE;
    case 'T':
      return read_text (self, pen, op);
    case 'e':
    case 'E':
      return read_ellipse (self, pen, op, letter[0] == 'E');
    case 'p':
    case 'P':
      return read_line (self, pen, op, FERMATA_SHAPE_POLYGON, letter[0] == 'P');
    case 'b':
    case 'B':
      return read_line (self, pen, op, FERMATA_SHAPE_BEZIER, letter[0] == 'B');
    case 'L':
      return read_line (self, pen, op, FERMATA_SHAPE_POLYLINE, FALSE);
    default:
      return TRUE;
    }
}

static gboolean
read_operations (Reading       *self,
                 FermataValue  *list,
                 GError       **error)
{
  Pen pen = { .pen = { 0, 0, 0, 1 }, .line_width = 1, .font_size = 14 };
  gsize length = fermata_value_get_length (list);

  for (gsize i = 0; i < length; i++)
    {
      FermataValue *op = fermata_value_get_element (list, i);

      if (!is_object (op) || !read_operation (self, &pen, op))
        return refuse (_("something is drawn in a way that cannot be"), error);
    }

  return TRUE;
}

/* Elements */

static void
include (FermataPoint *low,
         FermataPoint *high,
         double        x,
         double        y)
{
  low->x = MIN (low->x, x);
  low->y = MIN (low->y, y);
  high->x = MAX (high->x, x);
  high->y = MAX (high->y, y);
}

static void
include_shape (Reading            *self,
               const FermataShape *shape,
               FermataPoint       *low,
               FermataPoint       *high)
{
  const FermataPoint *points = &g_array_index (self->parts->points, FermataPoint,
                                               GPOINTER_TO_UINT (shape->points));

  if (shape->kind == FERMATA_SHAPE_ELLIPSE)
    {
      include (low, high, points[0].x - points[1].x, points[0].y - points[1].y);
      include (low, high, points[0].x + points[1].x, points[0].y + points[1].y);
    }
  else if (shape->kind == FERMATA_SHAPE_TEXT)
    {
      double left = points[0].x - shape->anchor * shape->text_width;

      include (low, high, left, points[0].y - shape->font_size);
      include (low, high, left + shape->text_width, points[0].y + shape->font_size * 0.25);
    }
  else
    {
      for (guint i = 0; i < shape->n_points; i++)
        include (low, high, points[i].x, points[i].y);
    }
}

/* A node of which nothing is seen has a place. */
static void
find_place (Reading      *self,
            FermataValue *value,
            FermataPoint *low,
            FermataPoint *high)
{
  double point[2] = { self->left, self->top };

  read_list (get_text (value, "pos"), point, 2);
  *low = *high = (FermataPoint) { point[0] - self->left, self->top - point[1] };
}

static void
measure (Reading               *self,
         FermataDrawingElement *element,
         FermataValue          *value)
{
  FermataPoint low = { G_MAXDOUBLE, G_MAXDOUBLE };
  FermataPoint high = { -G_MAXDOUBLE, -G_MAXDOUBLE };

  for (guint i = 0; i < element->n_shapes; i++)
    include_shape (self, &g_array_index (self->parts->shapes, FermataShape, element->first_shape + i),
                   &low, &high);
  if (element->n_shapes == 0)
    find_place (self, value, &low, &high);
  element->x = low.x;
  element->y = low.y;
  element->width = high.x - low.x;
  element->height = high.y - low.y;
}

static gboolean
read_element (Reading                    *self,
              FermataValue               *value,
              FermataDrawingElementKind   kind,
              const char                 *name,
              const char                 *head,
              GError                    **error)
{
  FermataDrawingElement element = { .kind = kind, .first_shape = self->parts->shapes->len };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      FermataValue *list = get (value, lists[i], FERMATA_VALUE_KIND_ARRAY);

      if (list != NULL && !read_operations (self, list, error))
        return FALSE;
    }
  element.n_shapes = self->parts->shapes->len - element.first_shape;
  element.name = keep_text (self, name);
  element.head = keep_text (self, head);
  element.id = keep_text (self, get_text (value, "id"));
  element.tooltip = keep_text (self, get_text (value, "tooltip"));
  measure (self, &element, value);
  g_array_append_val (self->parts->elements, element);

  return TRUE;
}

/* The objects from @start up to @end: clusters come before nodes. */
static gboolean
read_objects (Reading                    *self,
              gsize                       start,
              gsize                       end,
              FermataDrawingElementKind   kind,
              GError                    **error)
{
  for (gsize i = start; i < end; i++)
    {
      FermataValue *object = fermata_value_get_element (self->objects, i);
      const char *name = is_object (object) ? get_text (object, "name") : NULL;

      if (name == NULL)
        return refuse (_("an object without a name"), error);
      if (kind == FERMATA_DRAWING_CLUSTER && !g_str_has_prefix (name, "cluster"))
        continue;
      if (!read_element (self, object, kind, name, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* The name of the node that an edge's member means. */
static const char *
find_end (Reading      *self,
          FermataValue *edge,
          const char   *name)
{
  FermataValue *number = get (edge, name, FERMATA_VALUE_KIND_INTEGER);
  gint64 index = number != NULL ? fermata_value_get_integer (number) : -1;
  FermataValue *object;

  if (index < 0 || (guint64) index >= fermata_value_get_length (self->objects))
    return NULL;
  object = fermata_value_get_element (self->objects, (gsize) index);

  return is_object (object) ? get_text (object, "name") : NULL;
}

static gboolean
read_edges (Reading       *self,
            FermataValue  *edges,
            GError       **error)
{
  gsize length = edges != NULL ? fermata_value_get_length (edges) : 0;

  for (gsize i = 0; i < length; i++)
    {
      FermataValue *edge = fermata_value_get_element (edges, i);
      const char *tail = is_object (edge) ? find_end (self, edge, "tail") : NULL;
      const char *head = is_object (edge) ? find_end (self, edge, "head") : NULL;

      if (tail == NULL || head == NULL)
        return refuse (_("an edge between nodes that are not there"), error);
      if (!read_element (self, edge, FERMATA_DRAWING_EDGE, tail, head, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_graph (Reading       *self,
            FermataValue  *graph,
            GError       **error)
{
  g_autoptr (FermataValue) none = fermata_value_new_empty_array ();
  FermataValue *count = get (graph, "_subgraph_cnt", FERMATA_VALUE_KIND_INTEGER);
  const char *name = get_text (graph, "name");
  double box[4];
  gsize n_objects;
  gsize n_subgraphs;

  if (!read_list (get_text (graph, "bb"), box, 4) || box[0] > box[2] || box[1] > box[3])
    return refuse (_("it has no bounding box"), error);
  self->left = box[0];
  self->top = box[3];
  self->parts->width = box[2] - box[0];
  self->parts->height = box[3] - box[1];
  self->objects = get (graph, "objects", FERMATA_VALUE_KIND_ARRAY);
  if (self->objects == NULL)
    self->objects = none;
  n_objects = fermata_value_get_length (self->objects);
  n_subgraphs = count != NULL ? (gsize) CLAMP (fermata_value_get_integer (count), 0, (gint64) n_objects) : 0;

  return read_element (self, graph, FERMATA_DRAWING_GRAPH, name != NULL ? name : "", NULL, error)
         && read_objects (self, 0, n_subgraphs, FERMATA_DRAWING_CLUSTER, error)
         && read_edges (self, get (graph, "edges", FERMATA_VALUE_KIND_ARRAY), error)
         && read_objects (self, n_subgraphs, n_objects, FERMATA_DRAWING_NODE, error);
}

/* Nothing moves any more. */
static void
settle (FermataDrawingParts *parts)
{
  for (guint i = 0; i < parts->shapes->len; i++)
    {
      FermataShape *shape = &g_array_index (parts->shapes, FermataShape, i);

      shape->points = &g_array_index (parts->points, FermataPoint, GPOINTER_TO_UINT (shape->points));
    }
  for (guint i = 0; i < parts->elements->len; i++)
    {
      FermataDrawingElement *element = &g_array_index (parts->elements, FermataDrawingElement, i);

      if (element->id != NULL && !g_hash_table_contains (parts->by_id, element->id))
        g_hash_table_insert (parts->by_id, (char *) element->id, element);
    }
}

gboolean
fermata_drawing_parts_read (FermataDrawingParts  *self,
                            GBytes               *json,
                            GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FermataValue) value = NULL;
  Reading reading = { .parts = self };
  const char *text;
  gsize length;

  text = g_bytes_get_data (json, &length);
  value = fermata_value_parse (text != NULL ? text : "", (gssize) length, &local_error);
  if (value == NULL)
    return refuse (local_error->message, error);
  if (!is_object (value))
    return refuse (_("it is no JSON object"), error);
  if (!read_graph (&reading, value, error))
    return FALSE;
  settle (self);

  return TRUE;
}

void
fermata_drawing_parts_init (FermataDrawingParts *self)
{
  self->elements = g_array_new (FALSE, FALSE, sizeof (FermataDrawingElement));
  self->shapes = g_array_new (FALSE, FALSE, sizeof (FermataShape));
  self->points = g_array_new (FALSE, FALSE, sizeof (FermataPoint));
  self->texts = g_string_chunk_new (4096);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

void
fermata_drawing_parts_clear (FermataDrawingParts *self)
{
  g_array_unref (self->elements);
  g_array_unref (self->shapes);
  g_array_unref (self->points);
  g_string_chunk_free (self->texts);
  g_hash_table_unref (self->by_id);
}
