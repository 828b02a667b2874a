/* fermata-app-words.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-words.h"

#include <glib/gi18n.h>

/* So many actions are named, and of a text so many characters: more has no room. */
#define MOST_ACTIONS 3
#define MOST_CHARS 40

static const char *const verbs[] = {
  "raise", "send", "cancel", "log", "if", "foreach", "script", "xml",
};

typedef struct {
  GString *text;
  guint n;
} Words;

static gboolean
is_object (FermataValue *value)
{
  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT;
}

static gboolean
is_array (FermataValue *value)
{
  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY;
}

/* In a line, without what is too much. */
static char *
dup_text (FermataValue *value)
{
  gboolean is_string = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING;
  g_autofree char *whole = is_string ? g_strdup (fermata_value_get_string (value, NULL))
                                     : fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *text = g_utf8_substring (whole, 0, MIN (g_utf8_strlen (whole, -1), MOST_CHARS));

  return g_strdup (g_strdelimit (text, "\t\r\n", ' '));
}

static void
add (Words      *self,
     const char *verb,
     const char *what)
{
  self->n++;
  if (self->n > MOST_ACTIONS + 1)
    return;
  g_string_append (self->text, self->text->len > 0 ? "; " : "");
  if (self->n > MOST_ACTIONS)
    g_string_append (self->text, "…");
  else
    g_string_append_printf (self->text, "%s%s%s", verb, *verb != '\0' && *what != '\0' ? " " : "", what);
}

static void
add_assignment (Words        *self,
                const char   *name,
                FermataValue *value)
{
  g_autofree char *right = dup_text (value);
  g_autofree char *text = g_strdup_printf ("%s = %s", name, right);

  add (self, "", text);
}

/* {"location", "expr"}, or [{name: expression}]. */
static void
add_assign (Words        *self,
            FermataValue *assign)
{
  gsize n = is_array (assign) ? fermata_value_get_length (assign) : 0;
  FermataValue *location = is_object (assign) ? fermata_value_get_member (assign, "location") : NULL;
  FermataValue *expression = is_object (assign) ? fermata_value_get_member (assign, "expr") : NULL;

  if (location != NULL && fermata_value_get_kind (location) == FERMATA_VALUE_KIND_STRING)
    {
      g_autoptr (FermataValue) rest = fermata_value_new_string ("…", -1);

      add_assignment (self, fermata_value_get_string (location, NULL), expression != NULL ? expression : rest);
    }
  for (gsize i = 0; i < n && self->n <= MOST_ACTIONS; i++)
    {
      FermataValue *one = fermata_value_get_element (assign, i);

      if (is_object (one) && fermata_value_get_length (one) > 0)
        add_assignment (self, fermata_value_get_member_name (one, 0), fermata_value_get_element (one, 0));
    }
}

/* What a verb is about: the event, the condition, the array; nothing where the verb
 * says enough. */
static char *
dup_object (const char   *verb,
            FermataValue *value)
{
  static const char *const members[] = { "event", "event-expr", "id", "id-expr" };
  FermataValue *named = NULL;

  if (g_str_equal (verb, "log") || g_str_equal (verb, "script") || g_str_equal (verb, "xml"))
    return g_strdup ("");
  for (guint i = 0; is_object (value) && named == NULL && i < G_N_ELEMENTS (members); i++)
    named = fermata_value_get_member (value, members[i]);
  if (is_object (value))
    return named != NULL ? dup_text (named) : g_strdup ("");

  return dup_text (value);
}

static void
add_action (Words        *self,
            FermataValue *action)
{
  if (!is_object (action))
    return;

  add_assign (self, fermata_value_get_member (action, "assign"));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      FermataValue *value = fermata_value_get_member (action, verbs[i]);

      if (value != NULL)
        {
          g_autofree char *what = dup_object (verbs[i], value);

          add (self, verbs[i], what);
          return;
        }
    }
}

/* One, several, or several blocks of them. */
static void
add_actions (Words        *self,
             FermataValue *actions)
{
  gsize n = is_array (actions) ? fermata_value_get_length (actions) : 0;

  add_action (self, actions);
  for (gsize i = 0; i < n && self->n <= MOST_ACTIONS; i++)
    {
      FermataValue *one = fermata_value_get_element (actions, i);
      gsize n_inner = is_array (one) ? fermata_value_get_length (one) : 0;

      add_action (self, one);
      for (gsize j = 0; j < n_inner && self->n <= MOST_ACTIONS; j++)
        add_action (self, fermata_value_get_element (one, j));
    }
}

char *
fermata_app_words_dup_actions (FermataValue *assign,
                               FermataValue *actions)
{
  Words words = { g_string_new (NULL), 0 };

  add_assign (&words, assign);
  add_actions (&words, actions);

  return g_string_free (words.text, words.n == 0);
}

static void
add_part (GString    *text,
          const char *part)
{
  if (part != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* Of what a state runs, the names. */
static char *
dup_tasks (FermataValue *tasks)
{
  gsize is_one = is_object (tasks) ? 1 : 0;
  gsize n = is_array (tasks) ? fermata_value_get_length (tasks) : is_one;
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < n && i < MOST_ACTIONS; i++)
    {
      FermataValue *task = is_one ? tasks : fermata_value_get_element (tasks, i);
      FermataValue *name = is_object (task) ? fermata_value_get_member (task, "id") : NULL;
      g_autofree char *word = NULL;

      if (is_object (task) && name == NULL)
        name = fermata_value_get_member (task, "type");
      word = name == NULL ? g_strdup ("…") : dup_text (name);
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", word);
    }

  return n == 0 ? NULL : g_strdup_printf (_("runs %s"), text->str);
}

char *
fermata_app_words_dup_state (FermataNode *state)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *entry = fermata_app_words_dup_actions (NULL, fermata_node_get_member (state, "entry"));
  g_autofree char *leave = fermata_app_words_dup_actions (NULL, fermata_node_get_member (state, "exit"));
  FermataValue *tasks = fermata_node_get_member (state, "do");
  g_autofree char *runs = tasks == NULL ? NULL : dup_tasks (tasks);
  g_autofree char *exits = leave == NULL ? NULL : g_strdup_printf (_("exit: %s"), leave);

  add_part (text, entry);
  add_part (text, runs);
  add_part (text, exits);

  return text->len == 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}
