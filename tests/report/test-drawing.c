/* test-drawing.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Pictures, as Graphviz writes them, and as nobody should. */

#include <string.h>

#include "report/fermata-drawing.h"
#include "report/fermata-report-error.h"

/* Of dot 2.42, but for names and numbers: a box in a cluster, and an edge to a
 * circle with a label. */
static const char picture[] =
  "{ 'name': 'g', 'directed': true, 'bb': '0,0,200,100', '_subgraph_cnt': 2, 'unknown': { 'x': [1] },\n"
  "  '_draw_': [ {'op':'c','grad':'none','color':'#fffffe00'}, {'op':'C','grad':'none','color':'#ffffff80'},\n"
  "              {'op':'P','points':[[0,0],[0,100],[200,100],[200,0]]} ],\n"
  "  'objects': [\n"
  "    { '_gvid': 0, 'name': 'cluster a', 'id': 'A', 'nodes': [2],\n"
  "      '_draw_': [ {'op':'S','style':'dashed'}, {'op':'c','color':'#ff0000'}, {'op':'p','points':[[10,10],[90,10],[90,90],[10,90]]} ],\n"
  "      '_ldraw_': [ {'op':'F','size':12.5,'face':'Cantarell, Arial'}, {'op':'c','color':'#00ff00'}, {'op':'t','fontchar':1},\n"
  "                   {'op':'T','pt':[12,80],'align':'l','width':20,'text':'Title'} ] },\n"
  "    { '_gvid': 1, 'name': '%2', 'nodes': [2] },\n"
  "    { '_gvid': 2, 'name': 'box', 'id': 'event:412', 'tooltip': 'a box', 'pos': '50,50',\n"
  "      '_draw_': [ {'op':'c','color':'#0000ff'}, {'op':'C','grad':'linear','p0':[0,0],'p1':[1,1],'stops':[{'frac':0,'color':'#112233'}]},\n"
  "                  {'op':'B','points':[[30,40],[30,40],[70,40],[70,40],[70,40],[70,60],[70,60]]} ] },\n"
  "    { '_gvid': 3, 'name': 'circle', 'pos': '160,50', '_draw_': [ {'op':'e','rect':[160,50,20,10]}, {'op':'I','later':'versions'} ] },\n"
  "    { '_gvid': 4, 'name': 'nothing', 'pos': '5,95', 'style': 'invis' } ],\n"
  "  'edges': [ { '_gvid': 0, 'tail': 2, 'head': 3, 'id': 'E',\n"
  "      '_draw_': [ {'op':'S','style':'setlinewidth(2.4)'}, {'op':'S','style':'dotted'}, {'op':'b','points':[[70,50],[90,50],[110,50],[130,50]]} ],\n"
  "      '_hdraw_': [ {'op':'S','style':'solid'}, {'op':'C','color':'#000000'}, {'op':'P','points':[[130,54],[140,50],[130,46]]} ],\n"
  "      '_ldraw_': [ {'op':'F','size':10,'face':'Arial'}, {'op':'T','pt':[100,60],'align':'c','width':30,'text':'ä <b>'} ] } ] }";

static GBytes *
bytes_of (const char *json)
{
  char *text = g_strdelimit (g_strdup (json), "'", '"');

  return g_bytes_new_take (text, strlen (text));
}

static FermataDrawing *
read_drawing (const char *json)
{
  g_autoptr (GBytes) bytes = bytes_of (json);
  g_autoptr (GError) error = NULL;
  FermataDrawing *drawing = fermata_drawing_new_from_json (bytes, &error);

  g_assert_no_error (error);

  return drawing;
}

static void
test_read (void)
{
  g_autoptr (FermataDrawing) drawing = read_drawing (picture);
  const FermataDrawingElement *element;
  const FermataShape *shape;

  g_assert_cmpfloat (fermata_drawing_get_width (drawing), ==, 200);
  g_assert_cmpfloat (fermata_drawing_get_height (drawing), ==, 100);

  /* The picture, one cluster of two subgraphs, an edge, three nodes */
  g_assert_cmpuint (fermata_drawing_get_n_elements (drawing), ==, 6);
  element = fermata_drawing_get_element (drawing, 1);
  g_assert_cmpint (element->kind, ==, FERMATA_DRAWING_CLUSTER);
  g_assert_cmpstr (element->name, ==, "cluster a");
  g_assert_cmpuint (element->n_shapes, ==, 2);
  shape = fermata_drawing_get_shape (drawing, element->first_shape);
  g_assert_cmpint (shape->kind, ==, FERMATA_SHAPE_POLYGON);
  g_assert_cmpint (shape->line_style, ==, FERMATA_LINE_DASHED);
  g_assert_cmpuint (shape->n_points, ==, 4);
  g_assert_cmpfloat (shape->points[0].y, ==, 90);
  g_assert_cmpfloat (shape->pen.red, ==, 1);
  g_assert_cmpfloat (shape->fill.alpha, ==, 0);
  shape = fermata_drawing_get_shape (drawing, element->first_shape + 1);
  g_assert_cmpstr (shape->text, ==, "Title");
  g_assert_cmpstr (shape->font, ==, "Cantarell, Arial");
  g_assert_cmpfloat (shape->font_size, ==, 12.5);
  g_assert_cmpint (shape->font_flags, ==, FERMATA_FONT_BOLD);
  g_assert_cmpfloat (shape->anchor, ==, 0);
  g_assert_cmpfloat (shape->pen.green, ==, 1);
}

static void
test_edge (void)
{
  g_autoptr (FermataDrawing) drawing = read_drawing (picture);
  const FermataDrawingElement *element = fermata_drawing_find_id (drawing, "E");
  const FermataShape *shape;

  g_assert_cmpint (element->kind, ==, FERMATA_DRAWING_EDGE);
  g_assert_cmpstr (element->name, ==, "box");
  g_assert_cmpstr (element->head, ==, "circle");
  g_assert_cmpuint (element->n_shapes, ==, 3);
  g_assert_cmpfloat (element->x, ==, 70);
  g_assert_cmpfloat (element->x + element->width, ==, 140);
  shape = fermata_drawing_get_shape (drawing, element->first_shape);
  g_assert_cmpfloat_with_epsilon (shape->line_width, 2.4, 1e-9);
  g_assert_cmpint (shape->line_style, ==, FERMATA_LINE_DOTTED);
  shape = fermata_drawing_get_shape (drawing, element->first_shape + 1);
  g_assert_cmpfloat (shape->fill.alpha, ==, 1);
  g_assert_cmpint (shape->line_style, ==, FERMATA_LINE_SOLID);
  g_assert_null (fermata_drawing_find_id (drawing, "nobody"));
}

static const char *
name_at (FermataDrawing *drawing,
         double          x,
         double          y,
         double          tolerance)
{
  const FermataDrawingElement *element = fermata_drawing_find_at (drawing, x, y, tolerance);

  return element != NULL ? element->name : NULL;
}

static void
test_find (void)
{
  g_autoptr (FermataDrawing) drawing = read_drawing (picture);

  g_assert_cmpstr (fermata_drawing_find_at (drawing, 50, 50, 0)->id, ==, "event:412");
  g_assert_cmpstr (name_at (drawing, 20, 20, 0), ==, "cluster a");
  g_assert_cmpstr (name_at (drawing, 160, 50, 0), ==, "circle");
  g_assert_cmpint (fermata_drawing_find_at (drawing, 110, 50, 3)->kind, ==, FERMATA_DRAWING_EDGE);
  g_assert_cmpint (fermata_drawing_find_at (drawing, 110, 56, 8)->kind, ==, FERMATA_DRAWING_EDGE);
  g_assert_null (fermata_drawing_find_at (drawing, 110, 60, 3));

  /* Its label is on the other side: y grows downwards */
  g_assert_cmpint (fermata_drawing_find_at (drawing, 100, 38, 0.5)->kind, ==, FERMATA_DRAWING_EDGE);
  g_assert_null (fermata_drawing_find_at (drawing, 110, 95, 3));
  g_assert_null (fermata_drawing_find_at (drawing, -10, 5000, 3));
}

static void
check_refused (const char *json)
{
  g_autoptr (GBytes) bytes = bytes_of (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataDrawing) drawing = fermata_drawing_new_from_json (bytes, &error);

  g_assert_null (drawing);
  g_assert_error (error, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_LAYOUT);
}

static void
test_refused (void)
{
  static const char *const operations[] = {
    "1", "{}", "{'op':''}", "{'op':'c'}", "{'op':'c','color':'red'}", "{'op':'c','color':'#12345'}",
    "{'op':'c','color':'#12345g'}", "{'op':'C','stops':[1]}", "{'op':'S'}", "{'op':'F','size':-1,'face':'x'}",
    "{'op':'F','face':1,'size':1}", "{'op':'t'}", "{'op':'T','pt':[1],'align':'l','width':1,'text':'x'}",
    "{'op':'T','pt':[1,1],'align':'l','width':-1,'text':'x'}", "{'op':'T','pt':[1,1],'align':'l','width':1}",
    "{'op':'e','rect':[1,2,3]}", "{'op':'e','rect':[1,2,-3,4]}", "{'op':'e','rect':[1,2,'3',4]}",
    "{'op':'p','points':[[1,2],[3,4]]}", "{'op':'L','points':[[1,2]]}", "{'op':'b','points':[[1,2],[3,4],[5,6]]}",
    "{'op':'b','points':[[1,2],[3,4],[5,6],[7,8],[9,10]]}", "{'op':'p','points':[[1,2],[3,4],[1e300,6]]}",
    "{'op':'p','points':[[1,2],[3,4],[1,2,3]]}", "{'op':'p','points':{}}", "{'op':'p'}",
  };

  check_refused ("");
  check_refused ("[]");
  check_refused ("{}");
  check_refused ("{'bb':'0,0,1'}");
  check_refused ("{'bb':'0,0,1,2,3'}");
  check_refused ("{'bb':'1,1,0,0'}");
  check_refused ("{'bb':'0,0,nan,1'}");
  check_refused ("{'bb':'0,0,1,1','objects':[1]}");
  check_refused ("{'bb':'0,0,1,1','objects':[{}]}");
  check_refused ("{'bb':'0,0,1,1','objects':[{'name':'a'}],'edges':[{'tail':0,'head':1}]}");
  check_refused ("{'bb':'0,0,1,1','objects':[{'name':'a'}],'edges':[{'tail':0,'head':-1}]}");
  check_refused ("{'bb':'0,0,1,1','objects':[{'name':'a'}],'edges':[{'tail':0,'head':'0'}]}");
  check_refused ("{'bb':'0,0,1,1','edges':[{'tail':0,'head':0}]}");
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'bb':'0,0,9,9','_draw_':[%s]}", operations[i]);

      check_refused (json);
    }
}

/* Whatever becomes of the text: a picture, all of which can be looked at, or an
 * error. */
static void
look_at_all (FermataDrawing *drawing)
{
  double sum = 0;

  for (guint i = 0; i < fermata_drawing_get_n_shapes (drawing); i++)
    {
      const FermataShape *shape = fermata_drawing_get_shape (drawing, i);

      g_assert_cmpuint (shape->n_points, >, 0);
      for (guint j = 0; j < shape->n_points; j++)
        sum += shape->points[j].x + shape->points[j].y;
      if (shape->kind == FERMATA_SHAPE_TEXT)
        g_assert_true (g_utf8_validate (shape->text, -1, NULL));
    }
  for (guint i = 0; i < fermata_drawing_get_n_elements (drawing); i++)
    {
      const FermataDrawingElement *element = fermata_drawing_get_element (drawing, i);

      g_assert_cmpuint (element->first_shape + element->n_shapes, <=, fermata_drawing_get_n_shapes (drawing));
      fermata_drawing_find_at (drawing, element->x + 1, element->y + 1, 2);
      sum += element->width;
    }
  g_assert_false (sum != sum);
}

static void
test_random (void)
{
  static const char *const pieces[] = {
    "'", "[", "]", "{", "}", ",", "0", "-", "1e9", "1e308", "null", "'op'", "'b'", "'P'", "[1,2],", "99999999999", "\\u0000", "#",
  };

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GString) text = g_string_new (picture);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (FermataDrawing) drawing = NULL;
      g_autoptr (GError) error = NULL;

      for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
        {
          const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];
          gssize at = g_test_rand_int_range (0, (gint32) text->len - 12);

          g_string_erase (text, at, g_test_rand_int_range (0, 12));
          g_string_insert (text, at, piece);
        }
      bytes = bytes_of (text->str);
      drawing = fermata_drawing_new_from_json (bytes, &error);
      g_assert_true ((drawing == NULL) == (error != NULL));
      if (drawing != NULL)
        look_at_all (drawing);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drawing/read", test_read);
  g_test_add_func ("/drawing/edge", test_edge);
  g_test_add_func ("/drawing/find", test_find);
  g_test_add_func ("/drawing/refused", test_refused);
  g_test_add_func ("/drawing/random", test_random);

  return g_test_run ();
}
