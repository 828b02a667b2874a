/* fermata-statechart-match.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Which edges of a state may be for an event, by its name. */

#include "engine/statechart/fermata-statechart-private.h"

#include <string.h>

/* With more edges than that, those for an event are looked up and not looked
 * for. */
#define MANY_EDGES 16

/* Section 3.12.1: "an event descriptor matches an event name if its string of tokens
 * is an exact match or a prefix of the set of tokens in the event's name." */
static gboolean
token_match (const char *token,
             const char *name)
{
  gsize length = strlen (token);

  return length == 0
         || (strncmp (token, name, length) == 0 && (name[length] == '\0' || name[length] == '.'));
}

/* "function nameMatch (t.event, event.name)" */
gboolean
fermata_statechart_name_match (const FermataPlan *plan,
                               guint              edge,
                               const char        *name)
{
  const FermataChart *chart = plan->chart;
  const FermataChartEdge *transition = &chart->edges[edge];

  for (guint i = 0; i < transition->descriptors.n; i++)
    {
      if (token_match (chart->descriptors[transition->descriptors.first + i].token, name))
        return TRUE;
    }

  return FALSE;
}

static GHashTable *
get_tokens (const FermataPlan *plan)
{
  FermataChart *chart = plan->chart;

  if (chart->tokens != NULL)
    return chart->tokens;

  chart->tokens = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < plan->n_edges; i++)
    {
      FermataChartRange descriptors = chart->edges[i].descriptors;

      for (guint j = 0; j < descriptors.n; j++)
        g_hash_table_add (chart->tokens, (gpointer) chart->descriptors[descriptors.first + j].token);
    }

  return chart->tokens;
}

gboolean
fermata_statechart_is_expected (const FermataPlan *plan,
                                const char        *name)
{
  GHashTable *tokens = get_tokens (plan);
  g_autofree char *beginning = g_strdup (name);
  char *dot = beginning;

  if (g_hash_table_contains (tokens, ""))
    return TRUE;

  while (dot != NULL)
    {
      if (g_hash_table_contains (tokens, beginning))
        return TRUE;
      dot = strrchr (beginning, '.');
      if (dot != NULL)
        *dot = '\0';
    }

  return FALSE;
}

/* The index of a state: by token, the edges with such a descriptor; those without
 * event are under NULL's place, a text that no token is. */
#define EVENTLESS "\1"

static void
index_edge (GHashTable *index,
            const char *token,
            guint       edge)
{
  GArray *edges = g_hash_table_lookup (index, token);

  if (edges == NULL)
    {
      edges = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_hash_table_insert (index, (gpointer) token, edges);
    }
  /* One edge may have a token twice. */
  if (edges->len == 0 || g_array_index (edges, guint32, edges->len - 1) != edge)
    g_array_append_val (edges, edge);
}

static GHashTable *
make_index (const FermataPlan *plan,
            guint              state)
{
  const FermataChart *chart = plan->chart;
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                             (GDestroyNotify) g_array_unref);

  for (guint i = plan->nodes[state].first_out; i < plan->nodes[state + 1].first_out; i++)
    {
      FermataChartRange descriptors = chart->edges[i].descriptors;

      if (fermata_chart_edge_is_eventless (&chart->edges[i]))
        index_edge (index, EVENTLESS, i);
      for (guint j = 0; j < descriptors.n; j++)
        index_edge (index, chart->descriptors[descriptors.first + j].token, i);
    }

  return index;
}

/* Made when it is first wanted. */
static GHashTable *
get_index (const FermataPlan *plan,
           guint              state)
{
  FermataChart *chart = plan->chart;
  GHashTable *index;

  if (chart->edges_by_token == NULL)
    chart->edges_by_token = g_hash_table_new_full (NULL, NULL, NULL,
                                                   (GDestroyNotify) g_hash_table_unref);
  index = g_hash_table_lookup (chart->edges_by_token, GUINT_TO_POINTER (state));
  if (index == NULL)
    {
      index = make_index (plan, state);
      g_hash_table_insert (chart->edges_by_token, GUINT_TO_POINTER (state), index);
    }

  return index;
}

static void
add_list (FermataCandidates *self,
          GArray            *list)
{
  if (list == NULL)
    return;

  if (self->n_lists < G_N_ELEMENTS (self->lists))
    {
      self->positions[self->n_lists] = 0;
      self->lists[self->n_lists++] = list;
      return;
    }

  /* Names of many parts are rare. */
  if (self->more == NULL)
    self->more = g_ptr_array_new ();
  g_ptr_array_add (self->more, list);
  g_ptr_array_add (self->more, GUINT_TO_POINTER (0));
}

/* Those for the whole name, and for each beginning of it. */
static void
look_up (FermataCandidates *self,
         guint              state)
{
  GHashTable *index = get_index (self->plan, state);
  g_autofree char *copy = NULL;
  char *dot;

  if (self->name == NULL)
    {
      add_list (self, g_hash_table_lookup (index, EVENTLESS));
      return;
    }

  add_list (self, g_hash_table_lookup (index, ""));
  add_list (self, g_hash_table_lookup (index, self->name));
  copy = g_strdup (self->name);
  while ((dot = strrchr (copy, '.')) != NULL)
    {
      *dot = '\0';
      if (*copy != '\0')
        add_list (self, g_hash_table_lookup (index, copy));
    }
}

void
fermata_statechart_candidates_init (FermataCandidates *self,
                                    const FermataPlan *plan,
                                    guint              state,
                                    const char        *name)
{
  self->plan = plan;
  self->name = name;
  self->next = plan->nodes[state].first_out;
  self->end = plan->nodes[state + 1].first_out;
  self->n_lists = 0;
  self->more = NULL;
  if (self->end - self->next <= MANY_EDGES)
    return;

  look_up (self, state);
  self->next = self->end;
}

/* The lowest of the heads of all lists, which is then taken from each. */
static gboolean
next_of_lists (FermataCandidates *self,
               guint             *edge)
{
  guint n_more = self->more == NULL ? 0 : self->more->len / 2;
  guint best = FERMATA_INDEX_NONE;

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < self->n_lists + n_more; i++)
        {
          guint far = i - self->n_lists;
          GArray *list = i < self->n_lists ? self->lists[i] : self->more->pdata[2 * far];
          guint position = i < self->n_lists ? self->positions[i]
                                             : GPOINTER_TO_UINT (self->more->pdata[2 * far + 1]);

          if (position == list->len)
            continue;
          if (pass == 0)
            best = MIN (best, g_array_index (list, guint32, position));
          else if (g_array_index (list, guint32, position) == best && i < self->n_lists)
            self->positions[i]++;
          else if (g_array_index (list, guint32, position) == best)
            self->more->pdata[2 * far + 1] = GUINT_TO_POINTER (position + 1);
        }
    }

  *edge = best;

  return best != FERMATA_INDEX_NONE;
}

gboolean
fermata_statechart_candidates_next (FermataCandidates *self,
                                    guint             *edge)
{
  if (self->n_lists > 0)
    return next_of_lists (self, edge);

  while (self->next < self->end)
    {
      guint next = self->next++;

      if (self->name == NULL ? fermata_chart_edge_is_eventless (&self->plan->chart->edges[next])
                             : fermata_statechart_name_match (self->plan, next, self->name))
        {
          *edge = next;
          return TRUE;
        }
    }

  return FALSE;
}

void
fermata_statechart_candidates_clear (FermataCandidates *self)
{
  g_clear_pointer (&self->more, g_ptr_array_unref);
}
