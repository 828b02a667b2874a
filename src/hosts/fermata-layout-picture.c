/* fermata-layout-picture.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-layout-picture-private.h"

#include <graphviz/gvc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/fermata-dot-names-private.h"

/* Above this, `dot` takes minutes; `sfdp` seconds. */
#define MANY_NODES 1500

/* Up to this, there is time to move nodes apart that `sfdp` has put over each
 * other. */
#define TOO_MANY_NODES 4000

/* Above this, `dot` is told not to try for so long. */
#define SEVERAL_NODES 100

static const char *const formats[] = { "json", "svg", "png", "pdf", "dot" };

/* Engines that a graph may ask for. */
static const char *const engines[] = {
  "dot", "neato", "fdp", "sfdp", "circo", "twopi", "osage", "nop", "nop2",
};

static GString *complaints;

/* Graphviz says a thing in several pieces. */
static int
complain (char *text)
{
  if (complaints->len < 4000)
    g_string_append (complaints, text);

  return 0;
}

gboolean
fermata_layout_picture_has_format (const char *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      if (g_str_equal (formats[i], format))
        return TRUE;
    }

  return FALSE;
}

static const char *
choose_engine (Agraph_t *graph)
{
  const char *wanted = agget (graph, (char *) "layout");

  for (guint i = 0; wanted != NULL && i < G_N_ELEMENTS (engines); i++)
    {
      if (g_str_equal (engines[i], wanted))
        return engines[i];
    }

  return agnnodes (graph) > MANY_NODES ? "sfdp" : "dot";
}

/* Says how long to try, unless the graph says so itself. */
static void
bound_effort (Agraph_t *graph)
{
  static const char *const names[] = { "nslimit", "nslimit1", "mclimit" };
  const char *effort = agnnodes (graph) > 3 * SEVERAL_NODES ? "0.1" : "1";

  if (agnnodes (graph) + agnedges (graph) / 2 < SEVERAL_NODES)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (agattr (graph, AGRAPH, (char *) names[i], NULL) == NULL)
        agattr (graph, AGRAPH, (char *) names[i], (char *) effort);
    }
}

/* With the order of names as it is in the text: by itself, cgraph has clusters in
 * the order of what happens to be where in memory, and so each layout would be
 * another one. */
static Agraph_t *
read_graph (GString *dot)
{
  Agdisc_t disciplines = { &AgMemDisc, fermata_dot_names_discipline.id, &AgIoDisc };
  FILE *file = dot->len > 0 ? fmemopen (dot->str, dot->len, "r") : NULL;
  Agraph_t *graph = file != NULL ? agread (file, &disciplines) : NULL;

  if (file != NULL)
    fclose (file);

  return graph;
}

static void
keep_apart (Agraph_t *graph)
{
  if (agnnodes (graph) > MANY_NODES && agnnodes (graph) <= TOO_MANY_NODES
      && agattr (graph, AGRAPH, (char *) "overlap", NULL) == NULL)
    agattr (graph, AGRAPH, (char *) "overlap", (char *) "prism");
}

static FermataLayoutExit
refuse (FermataLayoutPicture *self,
        FermataLayoutExit     status,
        const char           *otherwise)
{
  g_string_assign (self->message, g_strstrip (complaints->str));
  if (self->message->len == 0)
    g_string_assign (self->message, otherwise);

  return status;
}

/* Something can have gone wrong although a graph was read: what follows it. */
FermataLayoutExit
fermata_layout_picture_make (FermataLayoutPicture *self,
                             GString              *dot,
                             const char           *format)
{
  unsigned int length = 0;
  Agraph_t *graph;
  GVC_t *context;

  self->message = g_string_new (NULL);
  complaints = g_string_new (NULL);
  agseterrf (complain);

  /* Then no file is read that the picture may name */
  setenv ("SERVER_NAME", "fermata", 1);

  if (strlen (dot->str) != dot->len)
    return refuse (self, FERMATA_LAYOUT_EXIT_NOT_DOT, "there is a zero byte in it");
  graph = read_graph (dot);
  if (graph == NULL)
    return refuse (self, FERMATA_LAYOUT_EXIT_NOT_DOT, "there is no graph in it");
  bound_effort (graph);
  keep_apart (graph);
  context = gvContext ();
  g_string_truncate (complaints, 0);
  if (gvLayout (context, graph, choose_engine (graph)) != 0)
    return refuse (self, FERMATA_LAYOUT_EXIT_FAILED, "no layout was found");
  if (gvRenderData (context, graph, format, &self->data, &length) != 0 || self->data == NULL)
    return refuse (self, FERMATA_LAYOUT_EXIT_FAILED, "the picture could not be drawn");
  self->length = length;
  if (self->length > FERMATA_LAYOUT_MAX_PICTURE)
    return refuse (self, FERMATA_LAYOUT_EXIT_TOO_LARGE, "the picture is too large");

  return FERMATA_LAYOUT_EXIT_DONE;
}
