/* test-files.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Files in a window: opened, saved, closed, changed by others, wrong. */

#include "files-fixture.h"

#define TURNSTILE \
  "{ \"fermata\": 1, \"kind\": \"fsm\", \"name\": \"Gate\", \"initial\": \"locked\"," \
  " \"nodes\": [{ \"id\": \"locked\" }, { \"id\": \"open\" }]," \
  " \"edges\": [{ \"from\": \"locked\", \"to\": \"open\", \"event\": \"coin\" }] }\n"

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  set_up_file (fixture, "gate.fermata.json", data != NULL ? data : TURNSTILE);
}

/* --- Cases ------------------------------------------------------------------- */

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const of_page[] = {
    "save", "save-as", "export", "find", "show-left", "show-bottom", "show-inspector",
    "next-problem", "previous-problem",
  };

  settle ();
  for (guint i = 0; i < G_N_ELEMENTS (of_page); i++)
    g_assert_false (is_enabled (fixture, of_page[i]));
  g_assert_true (is_enabled (fixture, "open"));
  g_assert_true (is_enabled (fixture, "new-machine"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->window->stack), ==, "welcome");

  activate (fixture, "new-machine");
  g_assert_true (has_page (fixture));
  g_assert_true (is_enabled (fixture, "save"));
  g_assert_true (is_enabled (fixture, "export"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->window->stack), ==, "tabs");
}

static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *before = dup_text (fixture);
  g_autofree char *after = NULL;

  open_file (fixture);
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "Gate");
  g_assert_cmpstr (adw_window_title_get_subtitle (fixture->window->title), ==, "gate.fermata.json");
  g_assert_true (is_saved (fixture));
  g_assert_false (is_enabled (fixture, "save"));

  /* Once is enough. */
  fermata_app_window_open (fixture->window, fixture->file);
  settle ();
  g_assert_cmpint (adw_tab_view_get_n_pages (fixture->window->tabs), ==, 1);

  activate (fixture, "close-tab");
  wait_for (fixture, has_nothing);
  after = dup_text (fixture);
  g_assert_cmpstr (before, ==, after);
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *text = NULL;

  open_file (fixture);
  change (fixture, "Other gate");
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "Other gate •");
  g_assert_true (is_enabled (fixture, "save"));

  activate (fixture, "save");
  wait_for (fixture, is_saved);
  settle ();
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "Other gate");
  g_assert_false (is_enabled (fixture, "save"));
  text = dup_text (fixture);
  g_assert_nonnull (strstr (text, "Other gate"));
}

static void
test_close_unsaved (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *text = NULL;

  open_file (fixture);
  change (fixture, "Other gate");

  activate (fixture, "close-tab");
  answer (fixture, "cancel");
  g_assert_true (has_page (fixture));
  g_assert_false (is_saved (fixture));

  activate (fixture, "close-tab");
  answer (fixture, "save");
  wait_for (fixture, has_nothing);
  text = dup_text (fixture);
  g_assert_nonnull (strstr (text, "Other gate"));
}

static void
test_close_discards (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *text = NULL;

  open_file (fixture);
  change (fixture, "Other gate");
  activate (fixture, "close-tab");
  answer (fixture, "discard");
  wait_for (fixture, has_nothing);
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, TURNSTILE);
}

static void
test_close_window (Fixture       *fixture,
                   gconstpointer  data)
{
  open_file (fixture);
  change (fixture, "Other gate");
  activate (fixture, "new-dag");
  change (fixture, "A new one");

  gtk_window_close (GTK_WINDOW (fixture->window));
  answer (fixture, "cancel");
  g_assert_nonnull (fixture->window);

  gtk_window_close (GTK_WINDOW (fixture->window));
  wait_for (fixture, has_dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "• Other gate"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "• A new one"));
  answer (fixture, "discard");
  wait_for (fixture, is_gone);
}

static void
test_quit (Fixture       *fixture,
           gconstpointer  data)
{
  open_file (fixture);
  change (fixture, "Other gate");
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "quit", NULL);
  answer (fixture, "save");
  wait_for (fixture, is_gone);
}

/* Somebody else writes it: it is not lost, whatever we save. */
static void
write_by_another (Fixture *fixture)
{
  g_autofree char *path = g_file_get_path (fixture->file);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "{ \"fermata\": 1, \"kind\": \"dag\", \"name\": \"Theirs\","
                       " \"nodes\": [], \"edges\": [] }\n", -1, &error);
  g_assert_no_error (error);
}

static void
test_overwrite (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;

  open_file (fixture);
  change (fixture, "Ours");
  write_by_another (fixture);

  activate (fixture, "save");
  answer (fixture, "cancel");
  text = dup_text (fixture);
  g_assert_nonnull (strstr (text, "Theirs"));
  g_assert_false (is_saved (fixture));

  activate (fixture, "save");
  answer (fixture, "overwrite");
  wait_for (fixture, is_saved);
  after = dup_text (fixture);
  g_assert_nonnull (strstr (after, "Ours"));
}

static gboolean
is_theirs (Fixture *fixture)
{
  return has_page (fixture)
         && g_strcmp0 (fermata_graph_get_name (fermata_app_document_get_graph (document_of (fixture))),
                       "Theirs") == 0;
}

static void
test_reload (Fixture       *fixture,
             gconstpointer  data)
{
  open_file (fixture);
  change (fixture, "Ours");
  write_by_another (fixture);

  activate (fixture, "reload");
  answer (fixture, "cancel");
  g_assert_false (is_theirs (fixture));

  activate (fixture, "reload");
  answer (fixture, "reload");
  wait_for (fixture, is_theirs);
  settle ();
  g_assert_cmpint (adw_tab_view_get_n_pages (fixture->window->tabs), ==, 1);
  g_assert_true (is_saved (fixture));
}

static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_file_get_path (fixture->file);

  open_file (fixture);
  change (fixture, "Ours");
  /* A folder in its place: no save can succeed. */
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  activate (fixture, "save");
  wait_for (fixture, has_dialog);
  answer (fixture, g_str_equal (adw_message_dialog_get_heading (find_dialog ()), "Not Saved") ? "close" : "cancel");
  g_assert_false (is_saved (fixture));
}

static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (says (child, text))
        return TRUE;
    }

  return FALSE;
}

static void
test_bad_file (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *path = g_file_get_path (fixture->file);

  fermata_app_window_open (fixture->window, fixture->file);
  wait_for (fixture, has_bad_file);
  g_assert_true (says (front (fixture), path));
  g_assert_true (says (front (fixture), "Line 2, column"));
  g_assert_true (says (front (fixture), "\"kind\" \"fsm\""));
  g_assert_true (says (front (fixture), "^"));
  g_assert_false (is_enabled (fixture, "save"));

  /* Mended, it opens in the same place. */
  write_by_another (fixture);
  activate (fixture, "reload");
  wait_for (fixture, is_theirs);
  settle ();
  g_assert_cmpint (adw_tab_view_get_n_pages (fixture->window->tabs), ==, 1);
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_file_delete (fixture->file, NULL, NULL);
  fermata_app_window_open (fixture->window, fixture->file);
  wait_for (fixture, has_bad_file);
  activate (fixture, "close-tab");
  wait_for (fixture, has_nothing);
}

/* What has no place in a graph is not lost. */
static void
test_incomplete (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *text = NULL;

  open_file (fixture);
  g_assert_true (fermata_graph_is_incomplete (fermata_app_document_get_graph (document_of (fixture))));
  g_assert_true (says (front (fixture), "cannot be saved over its file"));
  change (fixture, "Ours");
  activate (fixture, "save");
  answer (fixture, "close");
  g_assert_false (is_saved (fixture));
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, data);
}

static void
test_example (Fixture       *fixture,
              gconstpointer  data)
{
  GListModel *examples = fermata_app_application_get_examples (fixture->application);
  g_autoptr (FermataAppExample) first = NULL;

  g_assert_cmpint (g_list_model_get_n_items (examples), >=, 10);
  first = g_list_model_get_item (examples, 0);
  fermata_app_window_open_example (fixture->window, fermata_app_example_get_file (first));
  wait_for (fixture, has_page);
  g_assert_null (fermata_app_document_get_file (document_of (fixture)));
  g_assert_true (is_saved (fixture));
  g_assert_true (is_enabled (fixture, "save"));
}

/* --- Trust ------------------------------------------------------------------- */

static void
on_trust_checked (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  int *answered = user_data;

  *answered = fermata_app_trust_check_finish (FERMATA_APP_DOCUMENT (source), result) ? 1 : 0;
}

static void
check_trust (Fixture *fixture,
             int     *answered)
{
  *answered = -1;
  fermata_app_trust_check_async (GTK_WINDOW (fixture->window), document_of (fixture), on_trust_checked, answered);
  settle ();
}

static void
test_trust (Fixture       *fixture,
            gconstpointer  data)
{
  int answered;

  open_file (fixture);
  check_trust (fixture, &answered);
  g_assert_cmpint (answered, ==, -1);
  wait_for (fixture, has_dialog);
  g_assert_true (says (GTK_WIDGET (find_dialog ()), "rm -r 'my things'"));
  answer (fixture, "cancel");
  g_assert_cmpint (answered, ==, 0);

  check_trust (fixture, &answered);
  answer (fixture, "run");
  g_assert_cmpint (answered, ==, 1);

  /* Never again, not even when it is opened anew. */
  check_trust (fixture, &answered);
  g_assert_cmpint (answered, ==, 1);
  activate (fixture, "close-tab");
  wait_for (fixture, has_nothing);
  open_file (fixture);
  check_trust (fixture, &answered);
  g_assert_cmpint (answered, ==, 1);

  /* But when somebody else has changed it. */
  write_by_another (fixture);
  activate (fixture, "reload");
  wait_for (fixture, is_theirs);
  check_trust (fixture, &answered);
  g_assert_cmpint (answered, ==, 1); /* runs nothing */
}

static void
test_trust_lists_everything (void)
{
  static const char text[] =
    "{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [ { \"id\": \"sub\", \"type\": \"subgraph\", \"body\": {"
    " \"kind\": \"fsm\", \"nodes\": [ { \"id\": \"s\", \"entry\": [ { \"script\": \"a ()\" } ],"
    " \"do\": { \"id\": \"t\", \"type\": \"shell\", \"with\": { \"script\": \"ls $1\" } } } ], \"edges\": [] } },"
    " { \"id\": \"last\", \"type\": \"script\", \"with\": { \"code\": \"return 1\" } } ], \"edges\": [] }";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (FermataGraph) graph = fermata_json_read_graph (bytes, "x", NULL, NULL);
  g_auto (GStrv) lines = fermata_app_trust_list (graph);

  g_assert_nonnull (lines);
  g_assert_cmpint (g_strv_length (lines), ==, 3);
  g_assert_cmpstr (lines[0], ==, "action · script\na ()");
  g_assert_cmpstr (lines[1], ==, "t · shell\nls $1");
  g_assert_cmpstr (lines[2], ==, "last · script\nreturn 1");
}

#define ADD(path, text, function) \
  g_test_add (path, Fixture, text, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  begin_tests (&argc, &argv);

  ADD ("/app/files/nothing", NULL, test_nothing);
  ADD ("/app/files/open", NULL, test_open);
  ADD ("/app/files/save", NULL, test_save);
  ADD ("/app/files/close-unsaved", NULL, test_close_unsaved);
  ADD ("/app/files/close-discards", NULL, test_close_discards);
  ADD ("/app/files/close-window", NULL, test_close_window);
  ADD ("/app/files/quit", NULL, test_quit);
  ADD ("/app/files/overwrite", NULL, test_overwrite);
  ADD ("/app/files/reload", NULL, test_reload);
  ADD ("/app/files/unwritable", NULL, test_unwritable);
  ADD ("/app/files/bad", "{ \"fermata\": 1,\n  \"kind\" \"fsm\" }\n", test_bad_file);
  ADD ("/app/files/none", NULL, test_no_file);
  ADD ("/app/files/incomplete",
       "{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [17, { \"id\": \"a\", \"type\": \"log\","
       " \"with\": { \"message\": \"hi\" } }], \"edges\": [] }\n", test_incomplete);
  ADD ("/app/files/example", NULL, test_example);
  ADD ("/app/files/trust",
       "{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [{ \"id\": \"a\", \"type\": \"command\","
       " \"with\": { \"argv\": [\"rm\", \"-r\", \"my things\"] } }], \"edges\": [] }\n", test_trust);
  g_test_add_func ("/app/files/trust-lists-everything", test_trust_lists_everything);

  return run_tests ();
}
