/* fermata-app-trust.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-trust.h"

#include "fermata-app-members-scxml.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* Of one program's text so much is shown; so many are. */
#define MOST_CHARS 400
#define MOST_SHOWN 200

/* --- What is run ------------------------------------------------------------- */

/* Where in `with` it stands what a node of a type runs. */
static const struct {
  const char *type;
  const char *parameter;
} runners[] = {
  { "command", "argv" },
  { "shell", "script" },
  { "script", "code" },
};

static char *
dup_words (FermataValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n;

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    return g_strdup (fermata_value_get_string (value, NULL));
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY)
    return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  n = fermata_value_get_length (value);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *word = dup_words (fermata_value_get_element (value, i));
      g_autofree char *quoted = word == NULL ? NULL : g_shell_quote (word);
      gboolean is_plain = word != NULL && *word != '\0' && strpbrk (word, " \t\n'\"\\$`|&;<>()*?[]#~") == NULL;

      if (i > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, is_plain ? word : quoted != NULL ? quoted : "");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
get_string (FermataValue *object,
            const char   *name)
{
  FermataValue *value = fermata_value_get_member (object, name);

  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING
         ? fermata_value_get_string (value, NULL) : NULL;
}

static void
add_line (GPtrArray    *lines,
          const char   *id,
          const char   *type,
          FermataValue *what)
{
  g_autofree char *words = dup_words (what);

  g_ptr_array_add (lines, g_strdup_printf ("%s · %s\n%s", id != NULL ? id : "?", type, words != NULL ? words : ""));
}

/* A task, wherever it stands: a node, what a state does, an action. */
static void
look_at_object (FermataValue *object,
                GPtrArray    *lines)
{
  const char *type = get_string (object, "type");
  FermataValue *with = fermata_value_get_member (object, "with");

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (runners); i++)
    {
      FermataValue *what = NULL;

      if (!g_str_equal (type, runners[i].type))
        continue;
      if (with != NULL && fermata_value_get_kind (with) == FERMATA_VALUE_KIND_OBJECT)
        what = fermata_value_get_member (with, runners[i].parameter);
      if (what != NULL)
        add_line (lines, get_string (object, "id"), type, what);
    }
}

static void
look_at_script (FermataValue *object,
                GPtrArray    *lines)
{
  FermataValue *script = fermata_value_get_member (object, "script");

  if (get_string (object, "type") == NULL && script != NULL && fermata_value_get_length (object) == 1)
    add_line (lines, _("action"), "script", script);
}

/* --- What a machine of SCXML reaches ----------------------------------------- */

/* Its scripts have a process without files and network: they are no programs. What
 * it sends over the network, and which files it reads, is for people to know. */

static gboolean
may_be_http (FermataValue *object)
{
  const char *type = get_string (object, "type");

  return fermata_value_get_member (object, "type-expr") != NULL
         || (type != NULL && (g_str_has_suffix (type, "#BasicHTTPEventProcessor") || g_str_equal (type, "basichttp")));
}

static void
look_at_send (FermataValue *send,
              GPtrArray    *lines)
{
  FermataValue *to;

  if (fermata_value_get_kind (send) != FERMATA_VALUE_KIND_OBJECT || !may_be_http (send))
    return;
  to = fermata_value_get_member (send, "to");
  if (to == NULL)
    to = fermata_value_get_member (send, "to-expr");
  if (to != NULL)
    add_line (lines, _("sends"), _("over the network"), to);
}

static void
look_at_scxml (FermataValue *object,
               GPtrArray    *lines)
{
  FermataValue *send = fermata_value_get_member (object, "send");
  FermataValue *src = fermata_value_get_member (object, "src");
  FermataValue *file = fermata_value_get_member (object, "src-expr");

  if (send != NULL)
    look_at_send (send, lines);
  if (src == NULL)
    src = file;
  if (src != NULL && fermata_value_get_kind (src) == FERMATA_VALUE_KIND_STRING)
    add_line (lines, _("reads"), _("a file"), src);
}

/* Values may be deep: with a stack of its own. Of each, whether it is in a machine
 * of SCXML. */
typedef struct {
  FermataValue *value;
  gboolean is_scxml;
} Part;

static gboolean
is_scxml_in (FermataValue *object,
             gboolean      is_scxml)
{
  const char *model = get_string (object, "data-model");

  if (model != NULL)
    return g_str_equal (model, "ecmascript") || g_str_equal (model, "null");
  /* A graph that says nothing of it. */
  return is_scxml && fermata_value_get_member (object, "kind") == NULL;
}

static void
look_at_part (const Part *part,
              GPtrArray  *lines)
{
  look_at_object (part->value, lines);
  if (part->is_scxml)
    look_at_scxml (part->value, lines);
  else
    look_at_script (part->value, lines);
}

static void
push_parts (GArray     *todo,
            const Part *part)
{
  FermataValueKind kind = fermata_value_get_kind (part->value);
  gsize n = kind == FERMATA_VALUE_KIND_ARRAY || kind == FERMATA_VALUE_KIND_OBJECT
            ? fermata_value_get_length (part->value) : 0;

  /* The last first, so that the first comes first from the stack. */
  for (gsize i = n; i-- > 0;)
    {
      gboolean is_data = kind == FERMATA_VALUE_KIND_OBJECT && !part->is_scxml
                         && g_str_equal (fermata_value_get_member_name (part->value, i), "with");
      Part inner = { fermata_value_get_element (part->value, i), part->is_scxml };

      if (!is_data)
        g_array_append_val (todo, inner);
    }
}

char **
fermata_app_trust_list (FermataGraph *graph)
{
  g_autoptr (FermataValue) root = fermata_graph_to_value (graph);
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  Part whole = { root, FALSE };

  g_array_append_val (todo, whole);
  while (todo->len > 0)
    {
      Part part = g_array_index (todo, Part, todo->len - 1);

      g_array_set_size (todo, todo->len - 1);
      if (fermata_value_get_kind (part.value) == FERMATA_VALUE_KIND_OBJECT)
        {
          part.is_scxml = is_scxml_in (part.value, part.is_scxml);
          look_at_part (&part, lines);
        }
      push_parts (todo, &part);
    }
  if (lines->len == 0)
    return NULL;

  g_ptr_array_add (lines, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

/* --- What is remembered ------------------------------------------------------ */

/* Where nodes are drawn has nothing to do with it. */
static char *
dup_hash (FermataGraph *graph)
{
  g_autoptr (FermataValue) value = fermata_graph_to_value (graph);
  g_autoptr (FermataValue) rest = fermata_value_without_member (value, "layout");
  g_autofree char *text = fermata_value_to_string (rest, FERMATA_WRITE_COMPACT, NULL);

  return text == NULL ? NULL : g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "fermata", "trusted", NULL);
}

static gboolean
is_remembered (const char *hash)
{
  g_autofree char *path = dup_path ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (hash == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;

  lines = g_strsplit (text, "\n", -1);

  return g_strv_contains ((const char *const *) lines, hash);
}

static void
remember (const char *hash)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;
  g_autoptr (GError) error = NULL;

  if (hash == NULL || is_remembered (hash))
    return;

  g_mkdir_with_parents (folder, 0700);
  g_file_get_contents (path, &text, NULL, NULL);
  more = g_strconcat (text != NULL ? text : "", hash, "\n", NULL);
  if (!g_file_set_contents_full (path, more, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_info ("Trust is not remembered: %s", error->message);
}

/* The graphs in other files that it runs. What cannot be run needs no trust. */
static GPtrArray *
list_files (FermataAppDocument *document)
{
  g_autoptr (FermataPlan) plan = NULL;

  plan = fermata_engine_compile (fermata_app_document_get_engine (document),
                                 fermata_app_document_get_graph (document), NULL);

  return plan == NULL ? g_ptr_array_new () : fermata_plan_list_documents (plan);
}

/* Of all that is in them; NULL if there are none. */
static char *
dup_hash_of_files (GPtrArray *files)
{
  g_autoptr (GString) text = g_string_new ("files");

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *hash = dup_hash (files->pdata[i]);

      g_string_append_printf (text, " %s", hash != NULL ? hash : "");
    }

  return files->len == 0 ? NULL : g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
}

/* What they run, too. */
static char **
list_all (FermataGraph *graph,
          GPtrArray    *files)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) own = fermata_app_trust_list (graph);
  g_auto (GStrv) lines = NULL;

  if (own != NULL)
    g_strv_builder_addv (builder, (const char **) own);
  for (guint i = 0; i < files->len; i++)
    {
      g_auto (GStrv) more = fermata_app_trust_list (files->pdata[i]);

      if (more != NULL)
        g_strv_builder_addv (builder, (const char **) more);
    }
  lines = g_strv_builder_end (builder);

  return lines[0] == NULL ? NULL : g_steal_pointer (&lines);
}

/* For as long as it is open, also when it is edited: that is the person's work. */
static gboolean
is_trusted (FermataAppDocument *document)
{
  return g_object_get_data (G_OBJECT (document), "fermata-trusted") != NULL;
}

static void
trust (FermataAppDocument *document)
{
  g_autofree char *hash = dup_hash (fermata_app_document_get_graph (document));
  g_autoptr (GPtrArray) files = list_files (document);
  g_autofree char *hash_of_files = dup_hash_of_files (files);

  remember (hash_of_files);
  g_object_set_data (G_OBJECT (document), "fermata-trusted", GINT_TO_POINTER (TRUE));
  if (fermata_app_document_get_file (document) != NULL)
    remember (hash);
}

void
fermata_app_trust_saved (FermataAppDocument *document)
{
  if (is_trusted (document))
    trust (document);
}

/* --- Asking ------------------------------------------------------------------ */

static GtkWidget *
make_line (const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "\n", 2);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_label_new (parts[0]);
  GtkWidget *text;
  g_autoptr (GString) shown = g_string_new (parts[1]);

  if (g_utf8_strlen (shown->str, -1) > MOST_CHARS)
    {
      g_string_truncate (shown, g_utf8_offset_to_pointer (shown->str, MOST_CHARS) - shown->str);
      g_string_append (shown, "…");
    }
  text = gtk_label_new (shown->str);
  gtk_label_set_xalign (GTK_LABEL (head), 0);
  gtk_widget_add_css_class (head, "caption");
  gtk_widget_add_css_class (head, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_can_focus (text, FALSE);
  gtk_widget_add_css_class (text, "monospace");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_add_css_class (box, "trust-line");

  return box;
}

static GtkWidget *
make_list (char **lines)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  guint n = g_strv_length (lines);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < MIN (n, MOST_SHOWN); i++)
    {
      gtk_list_box_append (GTK_LIST_BOX (list), make_line (lines[i]));
      gtk_list_box_row_set_activatable (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i), FALSE);
    }
  if (n > MOST_SHOWN)
    {
      g_autofree char *more = g_strdup_printf (_("And %u more"), n - MOST_SHOWN);

      gtk_list_box_append (GTK_LIST_BOX (list), gtk_label_new (more));
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), MIN (n * 76, 228));
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_size_request (scrolled, 420, -1);

  return scrolled;
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr (GTask) task = user_data;
  FermataAppDocument *document = g_task_get_source_object (task);
  gboolean allowed = g_str_equal (response, "run");

  if (allowed)
    trust (document);
  g_task_return_boolean (task, allowed);
}

static void
ask (GtkWindow  *window,
     char      **lines,
     GTask      *task)
{
  FermataAppDocument *document = g_task_get_source_object (task);
  g_autofree char *title = fermata_app_document_dup_title (document);
  gboolean is_scxml = fermata_app_is_scxml (fermata_app_document_get_graph (document));
  GtkWidget *dialog = adw_message_dialog_new (window, is_scxml ? _("Run This Machine?") : _("Run These Programs?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  is_scxml
                                  ? _("“%s” has not been run here before. It reaches further than its own process, "
                                      "as follows. Run it only if you trust where it comes from.")
                                  : _("“%s” has not been run here before. It will run the following, as you, with "
                                    "all that you may do. Run it only if you trust where it comes from."),
                                  title);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_list (lines));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "run", _("_Run"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "run", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), g_object_ref (task));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
fermata_app_trust_check_async (GtkWindow           *window,
                               FermataAppDocument  *document,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (document, NULL, callback, user_data);
  FermataGraph *graph = fermata_app_document_get_graph (document);
  g_autoptr (GPtrArray) files = list_files (document);
  g_autofree char *hash_of_files = dup_hash_of_files (files);
  g_autofree char *hash = NULL;
  g_auto (GStrv) lines = NULL;

  g_task_set_source_tag (task, fermata_app_trust_check_async);
  /* What was drawn here, or came with the app, is in no file that was opened. */
  if (fermata_app_document_get_file (document) == NULL)
    g_object_set_data (G_OBJECT (document), "fermata-trusted", GINT_TO_POINTER (TRUE));
  hash = is_trusted (document) ? NULL : dup_hash (graph);
  if ((hash != NULL && !is_remembered (hash)) || (hash_of_files != NULL && !is_remembered (hash_of_files)))
    lines = list_all (graph, files);
  if (lines == NULL)
    g_task_return_boolean (task, TRUE);
  else
    ask (window, lines, task);
}

gboolean
fermata_app_trust_check_finish (FermataAppDocument *document,
                                GAsyncResult       *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
