/* test-scxml-chance.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Machines of chance, with all that SCXML's data models have, in texts that XML
 * makes much of: written and read, each is what it was. */

#include <string.h>

#include "format/scxml-write-fixture.h"

typedef struct {
  GRand *rand;
  GString *text;
  GString *ends; /* of each state, whether it is final */
  guint n_left;  /* so many actions more */
} Make;

static guint
below (Make *self,
       guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) n);
}

static gboolean
chance (Make *self,
        guint percent)
{
  return below (self, 100) < percent;
}

static void
put (Make       *self,
     const char *text)
{
  g_string_append (self->text, text);
}

/* A text in JSON's quotation marks. */
static void
put_text (Make *self)
{
  static const char *const parts[] = {
    "x", " + ", "<", ">", "&", "&amp;", "&#10;", "]]>", "'", "\\\"", "\\n", "\\t", "\\r", "<a/>", "<a xmlns=''>", "</a>",
    "<!-- ", " -->", "<?p?>", "é", "\\u2028", "日本", "  ", "{{y}}", "<b:c xmlns:b='u'>", "</b:c>", "<![CDATA[", "\\\\", "0",
  };
  guint n = below (self, 6);

  put (self, "\"");
  for (guint i = 0; i <= n; i++)
    put (self, parts[below (self, G_N_ELEMENTS (parts))]);
  put (self, "x\"");
}

static void
put_member (Make       *self,
            const char *name,
            guint       percent)
{
  if (!chance (self, percent))
    return;
  g_string_append_printf (self->text, ",\"%s\":", name);
  put_text (self);
}

static void
put_word (Make       *self,
          const char *name,
          const char *word,
          guint       percent)
{
  if (chance (self, percent))
    g_string_append_printf (self->text, ",\"%s\":\"%s%u\"", name, word, below (self, 4));
}

/* What others have put there; among actions, an element would be one. */
static void
put_kept (Make    *self,
          gboolean in_actions)
{
  static const char *const raws[] = { "<!-- c -->", "<?p i?>", "<f:a xmlns:f='urn:f' b='&lt;'><c/> t </f:a>" };
  gboolean before = chance (self, 50);

  if (!chance (self, 15))
    return;
  put (self, ",\"x-scxml\":{\"attributes\":{\"f:a\":");
  put_text (self);
  put (self, "}");
  if (before)
    g_string_append_printf (self->text, ",\"before\":[\"%s\",\"%s\"]", raws[below (self, in_actions ? 2 : 3)], raws[below (self, 2)]);
  put (self, "}");
}

static void
put_params (Make *self)
{
  guint n = 1 + below (self, 2);

  put (self, ",\"params\":[");
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (self->text, "%s{\"name\":\"n%u\"", i > 0 ? "," : "", i);
      put_member (self, "expr", 60);
      put_kept (self, FALSE);
      put (self, "}");
    }
  put (self, "]");
}

static void put_actions (Make       *self,
                         const char *name,
                         guint       depth);

static void
put_send (Make *self)
{
  g_string_append_printf (self->text, "{\"send\":{\"event\":\"e%u\"", below (self, 4));
  put_member (self, "to-expr", 30);
  put_word (self, "type", "t", 30);
  put_word (self, "id", "i", 20);
  put_word (self, "delay", "1.5s", 20);
  if (chance (self, 20))
    put (self, ",\"name-list\":[\"a\",\"b.c\"]");
  else if (chance (self, 30))
    put_params (self);
  else
    put_member (self, chance (self, 50) ? "content" : "content-expr", 50);
  put (self, "}");
}

static void
put_if (Make *self,
        guint depth)
{
  put (self, "{\"if\":");
  put_text (self);
  put_actions (self, "then", depth);
  if (chance (self, 30))
    {
      put (self, ",\"else\":{\"if\":");
      put_text (self);
      put_actions (self, "then", depth);
      if (chance (self, 50))
        put_actions (self, "else", depth);
      put (self, "}");
    }
  else if (chance (self, 50))
    put_actions (self, "else", depth);
}

static void
put_action (Make *self,
            guint depth)
{
  switch (below (self, depth > 3 ? 7 : 9))
    {
    case 0:
      put (self, "{\"raise\":\"e\"");
      break;
    case 1:
      put (self, "{\"assign\":[{\"x.y\":");
      put_text (self);
      put (self, "}]");
      break;
    case 2:
      put (self, "{\"assign\":{\"location\":\"x\",\"content\":");
      put_text (self);
      put (self, "}");
      break;
    case 3:
      put (self, "{\"log\":{\"label\":");
      put_text (self);
      put_member (self, "expr", 50);
      put (self, "}");
      break;
    case 4:
      put (self, "{\"script\":");
      put_text (self);
      break;
    case 5:
      put_send (self);
      break;
    case 6:
      put (self, chance (self, 50) ? "{\"cancel\":\"i\"" : "{\"cancel\":{\"id-expr\":\" i \"}");
      break;
    case 7:
      put_if (self, depth);
      break;
    default:
      put (self, "{\"foreach\":");
      put_text (self);
      put (self, ",\"item\":\"x\"");
      put_actions (self, "do", depth);
      break;
    }
  put_kept (self, TRUE);
  put (self, "}");
}

static void
put_list (Make *self,
          guint depth)
{
  guint n = below (self, 4);

  put (self, "[");
  for (guint i = 0; i < n && self->n_left > 0; i++)
    {
      self->n_left--;
      put (self, i > 0 ? "," : "");
      put_action (self, depth + 1);
    }
  put (self, "]");
}

static void
put_actions (Make       *self,
             const char *name,
             guint       depth)
{
  g_string_append_printf (self->text, ",\"%s\":", name);
  put_list (self, depth);
}

static void
put_blocks (Make       *self,
            const char *name)
{
  guint n = below (self, 3);

  if (n < 2)
    {
      put_actions (self, name, 0);
      return;
    }
  g_string_append_printf (self->text, ",\"%s\":[", name);
  for (guint i = 0; i < n; i++)
    {
      put (self, i > 0 ? "," : "");
      put_list (self, 0);
    }
  put (self, "]");
}

static void
put_variables (Make *self)
{
  guint n = below (self, 3);

  put (self, ",\"variables\":{");
  for (guint i = 0; i <= n; i++)
    {
      g_string_append_printf (self->text, "%s\"v%u\":{\"%s\":", i > 0 ? "," : "", i, chance (self, 50) ? "expr" : "content");
      put_text (self);
      put_kept (self, FALSE);
      put (self, "}");
    }
  put (self, "}");
}

static void
put_states (Make *self,
            guint depth)
{
  guint n = 1 + below (self, 3);

  put (self, ",\"nodes\":[");
  for (guint i = 0; i < n; i++)
    {
      gboolean is_final = chance (self, 20);

      g_string_append_printf (self->text, "%s{\"id\":\"s%u\"%s", i > 0 ? "," : "",
                              (guint) self->ends->len, is_final ? ",\"type\":\"final\"" : "");
      g_string_append_c (self->ends, is_final ? 'x' : '-');
      if (!is_final && chance (self, 30))
        put_variables (self);
      if (chance (self, 50))
        put_blocks (self, "entry");
      if (chance (self, 30))
        put_blocks (self, "exit");
      if (is_final && chance (self, 50))
        {
          put (self, ",\"data\":{\"content\":");
          put_text (self);
          put (self, "}");
        }
      if (!is_final && depth < 4 && chance (self, 40))
        put_states (self, depth + 1);
      put_member (self, "label", 10);
      put_kept (self, FALSE);
      put (self, "}");
    }
  put (self, "]");
}

/* In the order of the states, as they stand in the text. */
static void
put_edges (Make *self)
{
  put (self, ",\"edges\":[");
  for (guint i = 0, n = 0; i < self->ends->len; i++)
    {
      if (self->ends->str[i] == 'x' || chance (self, 50))
        continue;
      g_string_append_printf (self->text, "%s{\"from\":\"s%u\",\"to\":\"s%u\",\"event\":\"e f%u\"", n++ > 0 ? "," : "", i,
                              below (self, (guint) self->ends->len), i);
      put_member (self, "when", 40);
      if (chance (self, 30))
        put (self, ",\"internal\":true");
      if (chance (self, 40))
        {
          put (self, ",\"actions\":[");
          put_action (self, 0);
          put (self, "]");
        }
      put_kept (self, FALSE);
      put (self, "}");
    }
  put (self, "]");
}

static char *
make_machine (guint seed)
{
  Make self = { g_rand_new_with_seed (seed), g_string_new (NULL), g_string_new (NULL), 60 };

  put (&self, "{\"fermata\":1,\"kind\":\"fsm\",\"data-model\":\"ecmascript\"");
  if (chance (&self, 50))
    put_variables (&self);
  put_states (&self, 0);
  put_edges (&self);
  put (&self, ",\"x-scxml\":{\"namespaces\":{\"f\":\"urn:f\"}}}");
  g_rand_free (self.rand);
  g_string_free (self.ends, TRUE);

  return g_string_free (self.text, FALSE);
}

static void
test_random (void)
{
  guint first = (guint) g_test_rand_int ();
  guint n = 500;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *json = make_machine (first + i);
      g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataGraph) graph = fermata_json_read_graph (bytes, "chance", NULL, &error);
      g_autofree char *text = NULL;
      g_autofree char *again_text = NULL;
      g_autoptr (FermataGraph) again = NULL;
      g_autoptr (FermataValue) before = NULL;
      g_autoptr (FermataValue) after = NULL;

      g_assert_no_error (error);
      text = scxml_write (graph, FERMATA_SCXML_WRITE_DEFAULT, NULL);
      again = scxml_read (text);
      again_text = scxml_write (again, FERMATA_SCXML_WRITE_DEFAULT, NULL);
      before = fermata_graph_to_value (graph);
      after = fermata_graph_to_value (again);
      if (!fermata_value_equal (before, after) || strcmp (text, again_text) != 0)
        {
          g_autofree char *found = json_write (again);
          g_autofree char *expected = json_write (graph);

          g_test_message ("seed %u\n%s", first + i, text);
          g_assert_cmpstr (found, ==, expected);
          g_assert_cmpstr (again_text, ==, text);
          g_assert_not_reached ();
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scxml-chance/random", test_random);

  return g_test_run ();
}
