/* fermata-dot-label.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-dot-label-private.h"

#include <string.h>

#include "model/fermata-edge.h"
#include "model/fermata-node.h"
#include "value/fermata-value-writer.h"

/* Of several actions, so many are named. */
#define MAX_ACTIONS 3

static const char *const verbs[] = {
  "raise", "send", "cancel", "log", "if", "foreach", "script", "xml",
};

/* Whatever is longer than a place shows anyway is not looked at. */
char *
fermata_dot_clip (const char *text,
                  guint       n_characters)
{
  GString *clipped = g_string_new (NULL);
  gboolean is_space = TRUE;
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      gboolean was_space = is_space;

      is_space = g_unichar_isspace (character) || g_unichar_iscntrl (character);
      if (is_space && was_space)
        continue;
      if (n == n_characters)
        {
          g_string_truncate (clipped, (gsize) (g_utf8_prev_char (clipped->str + clipped->len) - clipped->str));
          g_string_append (clipped, "…");
          break;
        }
      g_string_append_unichar (clipped, is_space ? ' ' : character);
      n++;
    }
  if (clipped->len > 0 && clipped->str[clipped->len - 1] == ' ')
    g_string_truncate (clipped, clipped->len - 1);

  return g_string_free (clipped, FALSE);
}

const char *
fermata_dot_get_title (FermataNode *node)
{
  const char *label = fermata_node_get_label (node);

  return label != NULL && *label != '\0' ? label : fermata_node_get_id (node);
}

void
fermata_dot_get_node_size (FermataNode *node,
                           double      *width,
                           double      *height)
{
  FermataGraph *graph = fermata_node_get_graph (node);
  const char *title = fermata_dot_get_title (node);
  glong n_characters;

  *width = 172;
  *height = 66;
  if (graph == NULL || fermata_graph_get_kind (graph) != FERMATA_GRAPH_KIND_FSM)
    return;
  if (g_strcmp0 (fermata_node_get_type_name (node), "history") == 0)
    {
      *width = *height = 36;
      return;
    }

  /* Steps of a dozen, so that columns of states look even */
  n_characters = g_utf8_strlen (title, (gssize) strnlen (title, 200));
  *width = CLAMP (12 * ((n_characters * 8 + 36 + 11) / 12), 120, 240);
  *height = 48;
}

static char *
dup_text (FermataValue *value)
{
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    return g_strdup (fermata_value_get_string (value, NULL));

  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

/* A list as its elements with commas between them. */
static char *
dup_words (FermataValue *value)
{
  GString *words;
  gsize length;

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY)
    return dup_text (value);

  words = g_string_new (NULL);
  length = fermata_value_get_length (value);
  for (gsize i = 0; i < length && words->len < 4 * FERMATA_DOT_LABEL_LENGTH; i++)
    {
      g_autofree char *text = dup_text (fermata_value_get_element (value, i));

      g_string_append (words, i > 0 ? ", " : "");
      g_string_append (words, text);
    }

  return g_string_free (words, FALSE);
}

static void
add_line (GString    *label,
          const char *before,
          const char *text,
          const char *after)
{
  guint framing = (guint) (strlen (before) + strlen (after));
  g_autofree char *clipped = fermata_dot_clip (text, FERMATA_DOT_LABEL_LENGTH - framing);

  if (label->len > 0)
    g_string_append_c (label, '\n');
  g_string_append_printf (label, "%s%s%s", before, clipped, after);
}

static void
add_member (GString     *label,
            FermataEdge *edge,
            const char  *name,
            const char  *before,
            const char  *after)
{
  FermataValue *value = fermata_edge_get_member (edge, name);
  g_autofree char *text = value != NULL ? dup_words (value) : NULL;

  if (text != NULL)
    add_line (label, before, text, after);
}

/* Actions */

static void
add_word (GString    *words,
          guint      *n_words,
          const char *verb,
          const char *text)
{
  if (*n_words < MAX_ACTIONS)
    g_string_append_printf (words, "%s%s%s%s", *n_words > 0 ? "; " : "", verb,
                            *verb != '\0' && *text != '\0' ? " " : "", text);
  else if (*n_words == MAX_ACTIONS)
    g_string_append (words, "; …");
  (*n_words)++;
}

static gboolean
is_object (FermataValue *value)
{
  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT;
}

static void
add_assignment (GString      *words,
                guint        *n_words,
                const char   *location,
                FermataValue *value)
{
  g_autofree char *right = value != NULL ? dup_text (value) : g_strdup ("…");
  g_autofree char *text = g_strdup_printf ("%s = %s", location, right);

  add_word (words, n_words, "", text);
}

/* { "location", "expr" }, as SCXML's data models have it. */
static void
add_location (GString      *words,
              guint        *n_words,
              FermataValue *assign)
{
  FermataValue *location = fermata_value_get_member (assign, "location");
  FermataValue *expression = fermata_value_get_member (assign, "expr");

  if (location != NULL && fermata_value_get_kind (location) == FERMATA_VALUE_KIND_STRING)
    add_assignment (words, n_words, fermata_value_get_string (location, NULL),
                    expression != NULL ? expression : fermata_value_get_member (assign, "content"));
}

/* An array of objects: the names that are assigned to. */
static void
add_assign (GString      *words,
            guint        *n_words,
            FermataValue *assign)
{
  gsize length = 0;

  if (is_object (assign))
    add_location (words, n_words, assign);
  if (assign != NULL && fermata_value_get_kind (assign) == FERMATA_VALUE_KIND_ARRAY)
    length = fermata_value_get_length (assign);
  for (gsize i = 0; i < length && *n_words <= MAX_ACTIONS; i++)
    {
      FermataValue *one = fermata_value_get_element (assign, i);

      if (is_object (one) && fermata_value_get_length (one) > 0)
        add_assignment (words, n_words, fermata_value_get_member_name (one, 0), fermata_value_get_element (one, 0));
    }
}

/* What a verb is about: the name of an event, whether it is said alone or in an object;
 * an id, a file, a label. Of code and what is said, nothing. */
static char *
dup_object (const char   *verb,
            FermataValue *value)
{
  static const char *const members[] = { "event", "event-expr", "id", "id-expr", "src", "label" };
  FermataValue *named = NULL;

  if (!is_object (value))
    return g_str_equal (verb, "script") || g_str_equal (verb, "log") || g_str_equal (verb, "xml") ? g_strdup ("")
                                                                                                 : dup_text (value);
  for (guint i = 0; named == NULL && i < G_N_ELEMENTS (members); i++)
    named = fermata_value_get_member (value, members[i]);

  return named != NULL ? dup_text (named) : g_strdup ("");
}

/* “foreach item of array” */
static char *
dup_loop (FermataValue *action,
          FermataValue *array)
{
  FermataValue *item = fermata_value_get_member (action, "item");
  g_autofree char *of = dup_text (array);

  if (item == NULL || fermata_value_get_kind (item) != FERMATA_VALUE_KIND_STRING)
    return g_steal_pointer (&of);

  return g_strdup_printf ("%s of %s", fermata_value_get_string (item, NULL), of);
}

static void
add_action (GString      *words,
            guint        *n_words,
            FermataValue *action)
{
  if (!is_object (action))
    return;

  add_assign (words, n_words, fermata_value_get_member (action, "assign"));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      FermataValue *value = fermata_value_get_member (action, verbs[i]);

      if (value != NULL)
        {
          g_autofree char *object = g_str_equal (verbs[i], "foreach") ? dup_loop (action, value)
                                                                     : dup_object (verbs[i], value);

          add_word (words, n_words, verbs[i], object);
          return;
        }
    }
}

/* One, several, or several blocks of them. */
static void
add_actions (GString      *words,
             guint        *n_words,
             FermataValue *actions)
{
  gsize length = fermata_value_get_kind (actions) == FERMATA_VALUE_KIND_ARRAY ? fermata_value_get_length (actions) : 0;

  add_action (words, n_words, actions);
  for (gsize i = 0; i < length && *n_words <= MAX_ACTIONS; i++)
    {
      FermataValue *one = fermata_value_get_element (actions, i);
      gsize n_inner = fermata_value_get_kind (one) == FERMATA_VALUE_KIND_ARRAY ? fermata_value_get_length (one) : 0;

      add_action (words, n_words, one);
      for (gsize j = 0; j < n_inner && *n_words <= MAX_ACTIONS; j++)
        add_action (words, n_words, fermata_value_get_element (one, j));
    }
}

char *
fermata_dot_dup_actions (FermataValue *assign,
                         FermataValue *actions)
{
  GString *words = g_string_new (NULL);
  guint n_words = 0;

  add_assign (words, &n_words, assign);
  if (actions != NULL)
    add_actions (words, &n_words, actions);

  return g_string_free (words, FALSE);
}

/* Edges */

static void
add_machine_lines (GString     *label,
                   FermataEdge *edge)
{
  g_autofree char *actions = fermata_dot_dup_actions (fermata_edge_get_member (edge, "assign"),
                                                      fermata_edge_get_member (edge, "actions"));

  add_member (label, edge, "event", "", "");
  add_member (label, edge, "after", "after ", "");
  add_member (label, edge, "when", "[", "]");
  if (*actions != '\0')
    add_line (label, "/ ", actions, "");
}

static void
add_lines (GString     *label,
           FermataEdge *edge)
{
  FermataValue *each = fermata_edge_get_member (edge, "each");

  add_member (label, edge, "on", "", "");
  add_member (label, edge, "case", "= ", "");
  add_member (label, edge, "when", "", "");
  add_member (label, edge, "input", "as ", "");
  if (each != NULL && fermata_value_get_kind (each) == FERMATA_VALUE_KIND_BOOLEAN
      && fermata_value_get_boolean (each))
    add_line (label, "", "each", "");
}

char *
fermata_dot_dup_edge_label (FermataEdge *edge,
                            gboolean     is_machine)
{
  const char *given = fermata_edge_get_label (edge);
  GString *label = g_string_new (NULL);

  if (given != NULL && *given != '\0')
    add_line (label, "", given, "");
  else if (is_machine)
    add_machine_lines (label, edge);
  else
    add_lines (label, edge);

  return g_string_free (label, FALSE);
}
