/* fermata-app-canvas-edits.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-canvas-private.h"

G_BEGIN_DECLS

/*
 * What a person does to the graph that a canvas shows, whether by mouse, key or
 * menu. Each is one undo step; what is refused, the document tells.
 */

/* Nodes and edges of the selection that are on the canvas (transfer container). */
GPtrArray   *fermata_app_canvas_dup_selected      (FermataAppCanvas       *self);
GPtrArray   *fermata_app_canvas_dup_selected_nodes (FermataAppCanvas      *self);

/* What they are called: "3 nodes", "1 edge" (transfer full). */
char        *fermata_app_elements_describe        (GPtrArray              *elements);

gboolean     fermata_app_canvas_delete            (FermataAppCanvas       *self,
                                                   GPtrArray              *elements,
                                                   gboolean                reconnect);

gboolean     fermata_app_canvas_cut_edges         (FermataAppCanvas       *self,
                                                   GPtrArray              *edges);

/* Moves nodes, and what is in them. With @reparent they come to be in @parent
 * (NULL: at the top); nodes that are in others of them stay there. */
gboolean     fermata_app_canvas_move              (FermataAppCanvas       *self,
                                                   GPtrArray              *nodes,
                                                   double                  dx,
                                                   double                  dy,
                                                   gboolean                reparent,
                                                   FermataNode            *parent);

/* A step of the arrow keys: one undo step with the one before. */
void         fermata_app_canvas_nudge             (FermataAppCanvas       *self,
                                                   double                  dx,
                                                   double                  dy);

/* A node without edges comes to stand between the ends of one. */
gboolean     fermata_app_canvas_insert            (FermataAppCanvas       *self,
                                                   FermataNode            *node,
                                                   FermataEdge            *edge);

/* What a new node is made from; all but @type and @place nullable. */
typedef struct {
  const char *type;
  const char *id;         /* NULL: some free one */
  graphene_point_t place;
  FermataNode *parent;    /* the state that it is in */
  FermataNode *source;    /* is connected to it */
  FermataEdge *edge;      /* leads through it */
} FermataAppNewNode;

/* The new node (transfer none), selected; NULL: refused. */
FermataNode *fermata_app_canvas_add               (FermataAppCanvas        *self,
                                                   const FermataAppNewNode *what);

/* The state with states in it that is around a point, or, if @any, any state. */
FermataNode *fermata_app_canvas_find_container    (FermataAppCanvas       *self,
                                                   const graphene_point_t *point,
                                                   gboolean                any);

/* The new edge (transfer none), selected; NULL: refused. */
FermataEdge *fermata_app_canvas_connect           (FermataAppCanvas       *self,
                                                   FermataNode            *source,
                                                   FermataNode            *target);

void         fermata_app_canvas_copy              (FermataAppCanvas       *self);
void         fermata_app_canvas_cut               (FermataAppCanvas       *self);
void         fermata_app_canvas_paste             (FermataAppCanvas       *self);
void         fermata_app_canvas_duplicate         (FermataAppCanvas       *self);

void         fermata_app_canvas_set_initial       (FermataAppCanvas       *self,
                                                   FermataNode            *node);

/* Asking, by a popover over the canvas. What is asked for is not edited before
 * it is answered. */
void         fermata_app_canvas_ask_add           (FermataAppCanvas        *self,
                                                   const FermataAppNewNode *what);
/* Into a state or a body, and out of it. */
void         fermata_app_canvas_enter             (FermataAppCanvas       *self,
                                                   FermataNode            *node);
void         fermata_app_canvas_enter_body        (FermataAppCanvas       *self,
                                                   FermataNode            *node,
                                                   guint                   index);
void         fermata_app_canvas_leave             (FermataAppCanvas       *self,
                                                   FermataNode            *node);

/* Which of a node's bodies to enter. */
void         fermata_app_canvas_ask_body          (FermataAppCanvas       *self,
                                                   FermataNode            *node,
                                                   GPtrArray              *bodies);
void         fermata_app_canvas_ask_connect       (FermataAppCanvas       *self,
                                                   FermataNode            *source);
void         fermata_app_canvas_ask_rename        (FermataAppCanvas       *self,
                                                   gpointer                element);
void         fermata_app_canvas_open_menu         (FermataAppCanvas       *self,
                                                   gpointer                element,
                                                   double                  x,
                                                   double                  y);
void         fermata_app_canvas_popovers_dispose  (FermataAppCanvas       *self);

/* Where an element is, in the scene, and its serial; FALSE: not on the canvas. */
gboolean     fermata_app_canvas_get_place         (FermataAppCanvas       *self,
                                                   gpointer                element,
                                                   graphene_rect_t        *rect,
                                                   guint                  *serial);

/* As fermata_app_canvas_set_cursor(), but nothing scrolls or is selected. */
void         fermata_app_canvas_place_cursor      (FermataAppCanvas       *self,
                                                   gpointer                element);

/* Takes back a drag that is under way; FALSE if there is none. */
gboolean     fermata_app_canvas_cancel_gesture    (FermataAppCanvas       *self);

/* The pointer if it is over the canvas, else its middle. */
void         fermata_app_canvas_get_focal_point   (FermataAppCanvas       *self,
                                                   graphene_point_t       *point);

G_END_DECLS
