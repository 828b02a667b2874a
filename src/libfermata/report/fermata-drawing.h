/* fermata-drawing.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

#include "fermata-extern.h"

G_BEGIN_DECLS

/*
 * A picture that Graphviz laid out, as shapes that any front end can paint, at
 * any zoom, and click on. Lengths are points (1/72 inch), the origin is the
 * upper left corner of the picture, y grows downwards.
 */

/**
 * FermataShapeKind:
 * @FERMATA_SHAPE_ELLIPSE: two points: the centre, and the two radii as x and y
 * @FERMATA_SHAPE_POLYGON: a closed line through at least three points
 * @FERMATA_SHAPE_POLYLINE: an open line through at least two points
 * @FERMATA_SHAPE_BEZIER: cubic curves: the start, then three points for each
 *   curve, two to steer it and its end
 * @FERMATA_SHAPE_TEXT: one point, on the baseline; which point of the text that
 *   is says its anchor
 *
 * What a shape is.
 */
typedef enum {
  FERMATA_SHAPE_ELLIPSE,
  FERMATA_SHAPE_POLYGON,
  FERMATA_SHAPE_POLYLINE,
  FERMATA_SHAPE_BEZIER,
  FERMATA_SHAPE_TEXT,
} FermataShapeKind;

/**
 * FermataLineStyle:
 * @FERMATA_LINE_SOLID: one stroke
 * @FERMATA_LINE_DASHED: dashes
 * @FERMATA_LINE_DOTTED: dots
 *
 * How a line is drawn.
 */
typedef enum {
  FERMATA_LINE_SOLID,
  FERMATA_LINE_DASHED,
  FERMATA_LINE_DOTTED,
} FermataLineStyle;

/**
 * FermataFontFlags:
 * @FERMATA_FONT_BOLD: bold
 * @FERMATA_FONT_ITALIC: italic
 * @FERMATA_FONT_UNDERLINE: underlined
 * @FERMATA_FONT_STRUCK: struck through
 *
 * What a text looks like beside its font.
 */
typedef enum {
  FERMATA_FONT_BOLD = 1 << 0,
  FERMATA_FONT_ITALIC = 1 << 1,
  FERMATA_FONT_UNDERLINE = 1 << 2,
  FERMATA_FONT_STRUCK = 1 << 3,
} FermataFontFlags;

/**
 * FermataPoint:
 * @x: from left to right
 * @y: from top to bottom
 *
 * A point, or two lengths.
 */
typedef struct {
  double x;
  double y;
} FermataPoint;

/**
 * FermataColour:
 * @red: from 0 to 1
 * @green: from 0 to 1
 * @blue: from 0 to 1
 * @alpha: from 0, which is not seen at all, to 1
 *
 * A colour, as GdkRGBA has it.
 */
typedef struct {
  float red;
  float green;
  float blue;
  float alpha;
} FermataColour;

/**
 * FermataShape:
 * @kind: what it is
 * @points: (array length=n_points): its points; see #FermataShapeKind
 * @n_points: how many these are
 * @pen: the colour of its line, or of its text
 * @fill: what it is filled with; nothing if the alpha is 0
 * @line_width: of its line
 * @line_style: of its line
 * @text: (nullable): the text
 * @font: (nullable): the name of its font
 * @font_size: in points
 * @font_flags: what else the text looks like
 * @anchor: which part of the text is at its point: 0 is the left end, 0.5 the
 *   middle, 1 the right end
 * @text_width: how wide Graphviz believes the text to be
 *
 * Something to be painted. Shapes are painted in their order.
 */
typedef struct {
  FermataShapeKind kind;
  const FermataPoint *points;
  guint n_points;
  FermataColour pen;
  FermataColour fill;
  double line_width;
  FermataLineStyle line_style;
  const char *text;
  const char *font;
  double font_size;
  FermataFontFlags font_flags;
  double anchor;
  double text_width;
} FermataShape;

/* A point of a shape (transfer none); for languages that cannot read @points. */
FERMATA_EXTERN
const FermataPoint          *fermata_shape_get_point        (const FermataShape *self,
                                                             guint               index);

/**
 * FermataDrawingElementKind:
 * @FERMATA_DRAWING_GRAPH: the picture itself
 * @FERMATA_DRAWING_CLUSTER: a box around nodes
 * @FERMATA_DRAWING_EDGE: an edge
 * @FERMATA_DRAWING_NODE: a node
 *
 * What part of a picture something is.
 */
typedef enum {
  FERMATA_DRAWING_GRAPH,
  FERMATA_DRAWING_CLUSTER,
  FERMATA_DRAWING_EDGE,
  FERMATA_DRAWING_NODE,
} FermataDrawingElementKind;

/**
 * FermataDrawingElement:
 * @kind: what it is
 * @name: its name in the DOT; for an edge the name of its tail
 * @head: (nullable): the name of an edge's head
 * @id: (nullable): its attribute `id`, which says what it stands for
 * @tooltip: (nullable): its attribute `tooltip`
 * @x: left side of its bounds
 * @y: upper side of its bounds
 * @width: of its bounds
 * @height: of its bounds
 * @first_shape: the first of its shapes
 * @n_shapes: how many shapes it has, one after the other
 *
 * A part of a picture. Its bounds hold all its shapes.
 */
typedef struct {
  FermataDrawingElementKind kind;
  const char *name;
  const char *head;
  const char *id;
  const char *tooltip;
  double x;
  double y;
  double width;
  double height;
  guint first_shape;
  guint n_shapes;
} FermataDrawingElement;

#define FERMATA_TYPE_DRAWING (fermata_drawing_get_type ())

/**
 * FermataDrawing:
 *
 * A picture: shapes, and which element each belongs to. It never changes.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataDrawing, fermata_drawing, FERMATA, DRAWING, GObject)

/* What `dot -Tjson` writes. */
FERMATA_EXTERN
FermataDrawing              *fermata_drawing_new_from_json  (GBytes          *json,
                                                             GError         **error);
FERMATA_EXTERN
double                       fermata_drawing_get_width      (FermataDrawing  *self);
FERMATA_EXTERN
double                       fermata_drawing_get_height     (FermataDrawing  *self);

/* In the order in which they are painted: clusters, edges, nodes. */
FERMATA_EXTERN
guint                        fermata_drawing_get_n_elements (FermataDrawing  *self);
FERMATA_EXTERN
const FermataDrawingElement *fermata_drawing_get_element    (FermataDrawing  *self,
                                                             guint            index);
FERMATA_EXTERN
guint                        fermata_drawing_get_n_shapes   (FermataDrawing  *self);
FERMATA_EXTERN
const FermataShape          *fermata_drawing_get_shape      (FermataDrawing  *self,
                                                             guint            index);

/* (transfer none, nullable): the first with this attribute `id`. */
FERMATA_EXTERN
const FermataDrawingElement *fermata_drawing_find_id        (FermataDrawing  *self,
                                                             const char      *id);

/* (transfer none, nullable): the node there, or the edge not further off than
 * @tolerance, or the innermost cluster. */
FERMATA_EXTERN
const FermataDrawingElement *fermata_drawing_find_at        (FermataDrawing  *self,
                                                             double           x,
                                                             double           y,
                                                             double           tolerance);

G_END_DECLS
