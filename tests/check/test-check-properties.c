/* test-check-properties.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "check/check-fixture.h"
#include "value/fermata-places.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

/* Clean documents that between them use all words. */
static const char *const documents[] = {
  "{'fermata':1,'kind':'dag','name':'Orders','$schema':'s','label':'l','description':'{{d}}','timeout':'5m',"
  "'inputs':{'path':{'type':'string','default':'orders.json','label':'Path','description':'d'}},"
  "'variables':{'seen':0,'order':{'total':0}},'max-concurrency':2,'on-error':'continue','pools':{'gpu':2},"
  "'budget':{'seconds':10,'steps':100,'tokens':5,'cost':0.5},'nodes':["
  "{'id':'fetch','type':'command','label':'Fetch','description':'d','with':{'argv':['cat','{{inputs.path}}'],'output':'json'},"
  "'retry':{'attempts':3,'delay':'1s','backoff':2,'max-delay':'30s','jitter':0.1,'on':['connectivity','timeout']},"
  "'timeout':'{{attempt * 30}}s','cache':{'ttl':'1h','key':'input'},'circuit-breaker':{'name':'c','failures':3,'cool-down':'5s'},"
  "'rate-limit':{'name':'r','limit':5,'per':'1s'},'uses':{'gpu':1},'on-error':{'value':'{{error.message}}'},'join':'any'},"
  "{'id':'orders','type':'foreach','with':{'items':'input','max-parallel':4},"
  "'body':{'nodes':[{'id':'double','type':'set','with':{'value':'{{iteration.value * 2}}'}}],'edges':[],'result':'nodes.double.output'}},"
  "{'id':'report','type':'set','with':{'value':'{{input.length}} done'},'retry':2,'cache':true,'on-error':'fail',"
  "'assign':[{'seen':'variables.seen + input.length'},{'order.total':'output'}]},"
  "{'id':'sorry','type':'try','with':{},'body':{'budget':{'tokens':7},'nodes':[{'id':'x','type':'set','with':{'value':'{{input.kind}}'}}]},"
  "'catch':{'nodes':[{'id':'x','type':'set','with':{'value':'{{error.kind}}'}}]},'finally':{'nodes':[{'id':'x','type':'set','with':{'value':'{{error == null}}'}}]}},"
  "{'id':'loop','type':'while','with':{'condition':'iteration.index < 3','test':'after','initial':'{{inputs.path}}','max-iterations':5},'body':{'nodes':["
  "{'id':'copies','type':'fan-out','with':{'copies':{'copies':2,'input':{'n':1}},'max-parallel':2},'body':{'nodes':["
  "{'id':'some','type':'parallel','with':{'wait':1},'body':{'nodes':[{'id':'fast','type':'race','body':{'nodes':["
  "{'id':'bound','type':'timeout','with':{'after':'5s','budget':{'steps':3}},'body':{'nodes':[{'id':'next','type':'continue','with':{'value':1}}]}}]}},"
  "{'id':'out','type':'break','with':{'value':'{{iteration.count}}'}}]}}]}}]}},"
  "{'id':'other','type':'subgraph','with':{'file':'b.json','max-depth':3,'inputs':{'p':'{{inputs.path}}'}}},"
  "{'id':'each','type':'foreach','with':{'batch':2,'failures':'collect'},'body':{'nodes':[{'id':'x','type':'set','with':{'value':1}}]}}],"
  "'edges':[{'from':'fetch','to':'orders','label':'l','description':'d'},{'id':'e','from':'orders','to':'report','when':'output.length > 10','input':'i'},"
  "{'from':'fetch','to':['sorry'],'on':'error','each':false},{'from':'report','to':'each','each':true},{'from':'each','to':['loop','other']}],'result':'nodes.report.output','layout':{'nodes':{'fetch':[0,0]}}}",

  "{'fermata':1,'kind':'fsm','name':'Turnstile','initial':{'to':'locked','assign':[{'coins':0}],'actions':[{'log':'on'}]},"
  "'variables':{'coins':0},'data-model':'fermata','max-steps':100,'nodes':[{'id':'locked','label':'l','description':'d'},"
  "{'id':'unlocked','type':'compound','initial':['still'],'entry':[{'log':'open'},{'raise':'opened'},"
  "{'if':'variables.coins > 1','then':[{'send':{'event':'rich','data':{'n':'{{variables.coins}}'},'to':'#x','id':'s','delay':'5s'}},{'cancel':'s'}],"
  "'else':{'foreach':[1,2],'do':[{'raise':{'event':'e','data':1}}]}}],'exit':{'script':'if (x) {{ x = 1 }}'},"
  "'do':[{'id':'t','type':'set','with':{'value':'{{event.data}}'},'timeout':5,'autoforward':false,'finalize':[{'log':'{{event.data}}'}]}],"
  "'nodes':[{'id':'still'},{'id':'moving','type':'parallel','nodes':[{'id':'p'},{'id':'q'}]},{'id':'was','type':'history','history':'deep','initial':'still'}]},"
  "{'id':'broken','type':'final','data':{'coins':'{{variables.coins}}'}}],"
  "'edges':[{'from':'locked','to':'unlocked','event':'coin','when':'event.data.value >= 1','assign':[{'coins':'variables.coins + 1'}]},"
  "{'from':'unlocked','to':['locked'],'event':['push','p.*']},{'from':'unlocked','to':'locked','after':'5s','internal':false},"
  "{'from':'still','to':'moving','actions':[{'log':'{{event.name}}'}]},{'id':'end','from':'locked','to':'broken','event':'kick'},"
  "{'from':'locked','event':['nod','opened','e']},{'from':'locked','to':'was','event':'back','label':'l','description':'d'}]}",

  "{'fermata':1,'kind':'flow','nodes':[{'id':'a','type':'set','with':{'value':'{{input}}'},'concurrency':2,'mailbox':10},"
  "{'id':'b','type':'compute','with':{'formula':'input.x + 1','program':'if (1) {{ }}'}}],"
  "'edges':[{'from':'a','to':'b'},{'from':'b','to':'a'},{'from':'b','to':'b'}]}",
};

static FermataValue *
document_new (const char *text)
{
  g_autofree char *json = fixture_dup_json (text);
  g_autoptr(GError) error = NULL;
  FermataValue *value = fermata_value_parse (json, -1, &error);

  g_assert_no_error (error);
  return value;
}

/* The documents above and those in the folder of examples. */
static GPtrArray *
collect_documents (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_value_unref);
  const char *folder = g_getenv ("FERMATA_EXAMPLES");
  g_autoptr(GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    g_ptr_array_add (all, document_new (documents[i]));

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (g_str_has_suffix (name, ".fermata.json") && g_file_get_contents (path, &text, &length, NULL))
        {
          FermataValue *value = fermata_value_parse (text, (gssize) length, NULL);

          g_assert_nonnull (value);
          g_ptr_array_add (all, value);
        }
    }

  return all;
}

static FermataValue *
random_scalar (void)
{
  static const char *const texts[] = {
    "", "a", "fetch", "locked", "{{", "{{x", "{{inputs.path}}", "{{1 +}}", "5s", "-5s", "nodes.fetch.output", "1); x = 1; (2",
    "/x/", "\xc3\xa9", "a/b", "dag", "fsm", "error", "all", "x-y", "}}", "{{{{", "{{`${", "function () {", "a b", "\n",
  };

  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
      return fermata_value_new_null ();
    case 1:
      return fermata_value_new_boolean (g_test_rand_bit ());
    case 2:
      return fermata_value_new_integer (g_test_rand_int_range (-3, 100));
    case 3:
      return fermata_value_new_number (g_test_rand_double_range (-1e30, 1e30));
    default:
      return fermata_value_new_string (texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))], -1);
    }
}

static FermataValue *
pick (GPtrArray *all)
{
  FermataValue *value = fermata_value_ref (all->pdata[g_test_rand_int_range (0, (int) all->len)]);
  int depth = g_test_rand_int_range (0, 6);

  while (depth-- > 0)
    {
      gsize n = fermata_value_get_kind (value) >= FERMATA_VALUE_KIND_ARRAY ? fermata_value_get_length (value) : 0;
      FermataValue *child;

      if (n == 0)
        break;
      child = fermata_value_ref (fermata_value_get_element (value, (gsize) g_test_rand_int_range (0, (int) n)));
      fermata_value_unref (value);
      value = child;
    }

  return value;
}

/* Something instead of @value: at random anything, or the same with one part
 * of it dropped, doubled, renamed or exchanged. */
static FermataValue *
mutate (FermataValue *value,
        GPtrArray    *all)
{
  FermataValueKind kind = fermata_value_get_kind (value);
  gsize n = kind >= FERMATA_VALUE_KIND_ARRAY ? fermata_value_get_length (value) : 0;
  g_autoptr(FermataValueBuilder) builder = NULL;
  gsize place;
  int how = g_test_rand_int_range (0, 12);

  if (n == 0 || how == 0)
    return g_test_rand_bit () ? random_scalar () : pick (all);

  place = (gsize) g_test_rand_int_range (0, (int) n);
  builder = kind == FERMATA_VALUE_KIND_ARRAY ? fermata_value_builder_new_array ()
                                             : fermata_value_builder_new_object ();

  for (gsize i = 0; i < n; i++)
    {
      FermataValue *element = fermata_value_get_element (value, i);
      const char *name = fermata_value_get_member_name (value, i);
      g_autoptr(FermataValue) changed = fermata_value_ref (element);

      if (i == place && how == 1)
        continue;

      if (i == place && how > 3)
        {
          fermata_value_unref (changed);
          changed = mutate (element, all);
        }

      if (kind == FERMATA_VALUE_KIND_ARRAY)
        {
          fermata_value_builder_add (builder, changed);
          if (i == place && how == 2)
            fermata_value_builder_add (builder, changed);
        }
      else
        fermata_value_builder_set (builder, i == place && how == 3 ? "labell" : name, changed);
    }

  return fermata_value_builder_end (builder);
}

/* Each diagnostic says what, how bad, and a place that is in the document, or
 * a member that is missing from an object that is. */
static void
assert_sound (FermataDiagnostic *diagnostic,
              FermataPlaces     *places)
{
  const char *path = fermata_diagnostic_get_path (diagnostic);
  g_autofree char *parent = g_strdup (path);
  FermataTextPosition position;

  g_assert_nonnull (path);
  g_assert_true (g_utf8_validate (fermata_diagnostic_get_message (diagnostic), -1, NULL));
  g_assert_cmpstr (fermata_diagnostic_get_message (diagnostic), !=, "");
  g_assert_cmpstr (fermata_diagnostic_get_code (diagnostic), !=, "");

  if (fermata_places_find (places, path, FALSE, &position))
    {
      gssize byte = fermata_diagnostic_get_inner_offset (diagnostic);

      if (byte >= 0)
        g_assert_true (fermata_places_find_in_string (places, path, (gsize) byte, &position));
      return;
    }

  /* with/argv where there is no `with`, at most. */
  for (guint i = 0; i < 2; i++)
    {
      char *slash = strrchr (parent, '/');

      g_assert_nonnull (slash);
      *slash = '\0';
      if (fermata_places_find (places, parent, FALSE, &position))
        return;
    }

  g_error ("%s is not in the document", path);
}

static void
assert_check_is_sound (FermataChecker *checker,
                       FermataValue   *value)
{
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autoptr(FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr(FermataPlaces) places = fermata_value_reader_read_places (reader, text, -1, NULL);
  g_autoptr(FermataGraph) graph = fermata_graph_new_from_value (value);
  g_autoptr(GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  guint n_errors = fermata_checker_check (checker, graph, diagnostics);
  guint n_seen = 0;

  g_test_message ("%s", text);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr(FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      assert_sound (diagnostic, places);
      n_seen += fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR;
    }

  g_assert_cmpuint (n_seen, ==, n_errors);
}

static void
test_mutations (void)
{
  g_autoptr(GPtrArray) all = collect_documents ();
  g_autoptr(FermataChecker) checker = fixture_checker_new ();

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr(FermataValue) value = fermata_value_ref (all->pdata[i % all->len]);
      guint n = (guint) g_test_rand_int_range (1, 4);

      while (n-- > 0)
        {
          FermataValue *mutant = mutate (value, all);

          /* A document is an object: its reader refuses anything else. */
          if (fermata_value_get_kind (mutant) != FERMATA_VALUE_KIND_OBJECT)
            {
              fermata_value_unref (mutant);
              continue;
            }
          fermata_value_unref (value);
          value = mutant;
        }

      assert_check_is_sound (checker, value);
    }
}

static void
assert_clean (FermataChecker *checker,
              FermataValue   *value)
{
  g_autoptr(FermataGraph) graph = fermata_graph_new_from_value (value);
  g_autoptr(GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  guint n_errors = fermata_checker_check (checker, graph, diagnostics);
  g_autofree char *lines = fixture_dup_lines (diagnostics);

  g_assert_cmpstr (lines, ==, "");
  g_assert_cmpuint (n_errors, ==, 0);
}

/* Turns the order of all members round, and adds some of somebody's own. */
static FermataValue *
turn_round (FermataValue *value,
            gboolean      may_add)
{
  g_autoptr(FermataValueBuilder) builder = NULL;
  gsize n;

  if (fermata_value_get_kind (value) < FERMATA_VALUE_KIND_ARRAY)
    return fermata_value_ref (value);

  n = fermata_value_get_length (value);
  builder = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY ? fermata_value_builder_new_array ()
                                                                       : fermata_value_builder_new_object ();

  for (gsize i = 0; i < n; i++)
    {
      gboolean is_array = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY;
      gsize place = is_array ? i : n - 1 - i;
      g_autoptr(FermataValue) turned = turn_round (fermata_value_get_element (value, place), may_add);

      if (is_array)
        fermata_value_builder_add (builder, turned);
      else
        fermata_value_builder_set (builder, fermata_value_get_member_name (value, place), turned);
    }

  if (may_add && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT &&
      fermata_value_find_member (value, "id", NULL))
    fermata_value_builder_set_string (builder, "x-mine", "{{ whatever");

  return fermata_value_builder_end (builder);
}

static void
test_clean (void)
{
  g_autoptr(FermataChecker) checker = fixture_checker_new ();

  fermata_checker_set_strict (checker, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(FermataValue) value = document_new (documents[i]);
      g_autoptr(FermataValue) turned = turn_round (value, FALSE);
      g_autoptr(FermataValue) extended = turn_round (value, TRUE);

      assert_clean (checker, value);
      assert_clean (checker, value);
      assert_clean (checker, turned);
      assert_clean (checker, extended);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/properties/clean", test_clean);
  g_test_add_func ("/check/properties/mutations", test_mutations);

  return g_test_run ();
}
