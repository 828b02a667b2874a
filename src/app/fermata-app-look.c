/* fermata-app-look.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-look.h"

#include "fermata-app-bodies.h"
#include "fermata-app-counts.h"
#include "fermata-app-tasks.h"
#include "fermata-app-words.h"

#include <glib/gi18n.h>

/* Characters of what stands on a line; what it does needs so many to say anything. */
#define MAX_LABEL 30
#define ACTIONS_SPACE 8

static const struct {
  const char *name;
  const char *icon;
} statuses[] = {
  [FERMATA_APP_STATUS_NONE] = { "", NULL },
  [FERMATA_APP_STATUS_WAITING] = { N_("waiting"), "fermata-waiting-symbolic" },
  [FERMATA_APP_STATUS_RUNNING] = { N_("running"), "fermata-running-symbolic" },
  [FERMATA_APP_STATUS_ACTIVE] = { N_("active"), "fermata-running-symbolic" },
  [FERMATA_APP_STATUS_VISITED] = { N_("visited"), "fermata-visited-symbolic" },
  [FERMATA_APP_STATUS_DONE] = { N_("done"), "fermata-done-symbolic" },
  [FERMATA_APP_STATUS_FAILED] = { N_("failed"), "fermata-failed-symbolic" },
  [FERMATA_APP_STATUS_SKIPPED] = { N_("skipped"), "fermata-skipped-symbolic" },
  [FERMATA_APP_STATUS_CANCELLED] = { N_("cancelled"), "fermata-cancelled-symbolic" },
};

const char *
fermata_app_status_to_string (FermataAppStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (statuses), "");

  return *statuses[status].name == '\0' ? "" : _(statuses[status].name);
}

const char *
fermata_app_status_get_icon (FermataAppStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (statuses), NULL);

  return statuses[status].icon;
}

/* Nodes */

static const guint8 status_of_node[FERMATA_N_NODE_STATUSES] = {
  [FERMATA_NODE_STATUS_WAITING] = FERMATA_APP_STATUS_WAITING,
  [FERMATA_NODE_STATUS_QUEUED] = FERMATA_APP_STATUS_WAITING,
  [FERMATA_NODE_STATUS_RETRYING] = FERMATA_APP_STATUS_RUNNING,
  [FERMATA_NODE_STATUS_RUNNING] = FERMATA_APP_STATUS_RUNNING,
  [FERMATA_NODE_STATUS_SETTLED] = FERMATA_APP_STATUS_RUNNING,
  [FERMATA_NODE_STATUS_CANCELLING] = FERMATA_APP_STATUS_RUNNING,
  [FERMATA_NODE_STATUS_DONE] = FERMATA_APP_STATUS_DONE,
  [FERMATA_NODE_STATUS_FAILED] = FERMATA_APP_STATUS_FAILED,
  [FERMATA_NODE_STATUS_SKIPPED] = FERMATA_APP_STATUS_SKIPPED,
  [FERMATA_NODE_STATUS_CANCELLED] = FERMATA_APP_STATUS_CANCELLED,
};

/* Where a node is in the run that is looked at. */
typedef struct {
  FermataDebugger *debugger;
  FermataMoment *moment;
  guint frame;
  guint32 place;
  guint index;       /* in the frame's plan */
  gboolean is_state;
} Spot;

static gboolean
find_spot (FermataAppDocument *document,
           FermataNode        *node,
           Spot               *spot)
{
  FermataAppSession *session = fermata_app_document_get_session (document);

  FermataAppSpot found;

  if (session == NULL || !fermata_app_session_find_node (session, node, &found))
    return FALSE;

  spot->debugger = fermata_app_session_get_debugger (session);
  spot->moment = found.moment;
  spot->frame = found.frame;
  spot->place = found.place;
  spot->index = spot->place
                - fermata_plan_get_first_place (fermata_moment_get_plan (spot->moment, spot->frame));
  spot->is_state = fermata_moment_is_machine (spot->moment, spot->frame);

  return TRUE;
}

/* Seconds on the run's clock since a time, at the moment looked at. */
static double
seconds_since (const Spot *spot,
               gint64      since)
{
  gboolean is_now = fermata_debugger_is_live (spot->debugger)
                    && spot->moment == fermata_debugger_get_moment (spot->debugger);
  gint64 now = is_now
               ? fermata_run_get_time (fermata_debugger_get_run (spot->debugger))
               : fermata_moment_get_time (spot->moment);

  return MAX (now - since, 0) / (double) G_USEC_PER_SEC;
}

static void
look_at_state (const Spot     *spot,
               FermataAppLook *look)
{
  gint64 since;
  guint n_visits = fermata_moment_get_state_visits (spot->moment, spot->frame, spot->index, &since);

  look->detail = n_visits;
  if (fermata_moment_is_state_active (spot->moment, spot->frame, spot->index))
    {
      look->status = FERMATA_APP_STATUS_ACTIVE;
      look->detail ^= (guint32) seconds_since (spot, since) << 16 | 1u << 15;
    }
  else if (n_visits > 0)
    {
      look->status = FERMATA_APP_STATUS_VISITED;
    }
}

static void
look_at_task (const Spot     *spot,
              FermataAppLook *look)
{
  look->status = status_of_node[fermata_moment_get_node_status (spot->moment, spot->frame, spot->place)];
  look->detail = fermata_moment_get_node_writer (spot->moment, spot->frame, spot->place)
                 ^ fermata_moment_get_node_attempt (spot->moment, spot->frame, spot->place) << 24;
}

/* How far its bodies are. */
static void
look_at_bodies (FermataAppDocument *document,
                FermataNode        *node,
                FermataAppLook     *look)
{
  FermataAppCounts counts;

  if (fermata_app_counts_get (document, node, &counts))
    look->detail ^= fermata_app_counts_hash (&counts);
  else if (fermata_node_get_n_bodies (node) > 1)
    look->detail ^= g_str_hash (fermata_app_counts_get_body (document, node) ?: "");
}

static guint8
breakpoint_look (FermataAppDocument *document,
                 gpointer            element)
{
  FermataBreakpoint *breakpoint = fermata_app_document_find_breakpoint (document, element);

  if (breakpoint == NULL)
    return FERMATA_APP_BREAKPOINT_NONE;
  if (!fermata_breakpoint_get_enabled (breakpoint))
    return FERMATA_APP_BREAKPOINT_DISABLED;

  return fermata_breakpoint_get_condition (breakpoint) != NULL ? FERMATA_APP_BREAKPOINT_CONDITION
                                                               : FERMATA_APP_BREAKPOINT_SET;
}

void
fermata_app_look_at_node (FermataAppDocument *document,
                          FermataNode        *node,
                          FermataAppLook     *look)
{
  Spot spot;

  *look = (FermataAppLook) { 0, };
  look->breakpoint = breakpoint_look (document, node);
  look->severity = fermata_app_document_get_severity (document, node);
  if (!find_spot (document, node, &spot))
    return;

  if (spot.is_state)
    look_at_state (&spot, look);
  else
    look_at_task (&spot, look);
  if (!spot.is_state)
    look_at_bodies (document, node, look);
  look->is_held = fermata_app_session_is_held_at (fermata_app_document_get_session (document),
                                                  spot.frame, spot.place);
}

/* Edges */

static guint8
path_of_edge (FermataMoment *moment,
              guint          frame,
              guint32        place)
{
  FermataPlan *plan = fermata_moment_get_plan (moment, frame);
  guint32 first = fermata_plan_get_first_place (plan);
  guint edge = place - first - fermata_plan_get_n_nodes (plan);

  if (fermata_moment_is_machine (moment, frame))
    return fermata_moment_get_transition_count (moment, frame, edge, NULL) > 0 ? FERMATA_APP_PATH_TAKEN
                                                                              : FERMATA_APP_PATH_NONE;
  switch (fermata_moment_get_edge_status (moment, frame, edge))
    {
    case FERMATA_EDGE_STATUS_TAKEN:
      return FERMATA_APP_PATH_TAKEN;
    case FERMATA_EDGE_STATUS_DEAD:
      return FERMATA_APP_PATH_REFUSED;
    case FERMATA_EDGE_STATUS_FAILED:
      return FERMATA_APP_PATH_FAILED;
    case FERMATA_EDGE_STATUS_PENDING:
    default:
      return FERMATA_APP_PATH_NONE;
    }
}

void
fermata_app_look_at_edge (FermataAppDocument *document,
                          FermataEdge        *edge,
                          FermataAppLook     *look)
{
  FermataAppSession *session = fermata_app_document_get_session (document);
  FermataAppSpot spot;

  *look = (FermataAppLook) { 0, };
  look->breakpoint = breakpoint_look (document, edge);
  look->severity = fermata_app_document_get_severity (document, edge);
  if (session == NULL || !fermata_app_session_find_edge (session, edge, &spot))
    return;

  look->path = path_of_edge (spot.moment, spot.frame, spot.place);
  if (look->path <= FERMATA_APP_PATH_TAKEN && fermata_app_session_is_latest (session, spot.frame, spot.place))
    look->path = FERMATA_APP_PATH_LATEST;
  look->is_held = fermata_app_session_is_held_at (session, spot.frame, spot.place);
}

gboolean
fermata_app_look_equal (const FermataAppLook *a,
                        const FermataAppLook *b)
{
  return a->status == b->status && a->path == b->path && a->breakpoint == b->breakpoint
         && a->is_held == b->is_held && a->severity == b->severity && a->detail == b->detail;
}

/* Words */

static char *
clip (const char *text,
      glong       max_chars)
{
  g_autofree char *beginning = NULL;

  if (g_utf8_strlen (text, -1) <= max_chars)
    return g_strdup (text);

  beginning = g_utf8_substring (text, 0, max_chars - 1);

  return g_strconcat (beginning, "…", NULL);
}

/* A value in a line, as short as it can be said. */
static char *
summarise (FermataValue *value)
{
  g_autofree char *text = NULL;
  gsize n;

  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_ARRAY:
      n = fermata_value_get_length (value);
      return g_strdup_printf (ngettext ("%" G_GSIZE_FORMAT " item", "%" G_GSIZE_FORMAT " items", n), n);
    case FERMATA_VALUE_KIND_OBJECT:
      n = fermata_value_get_length (value);
      if (n > 3)
        return g_strdup_printf (ngettext ("{ %" G_GSIZE_FORMAT " member }",
                                          "{ %" G_GSIZE_FORMAT " members }", n), n);
      break;
    case FERMATA_VALUE_KIND_STRING:
      return clip (fermata_value_get_string (value, NULL), 22);
    default:
      break;
    }
  text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  return clip (text, 22);
}

static char *
caption_of_state (const Spot *spot)
{
  gint64 since;
  guint n_visits = fermata_moment_get_state_visits (spot->moment, spot->frame, spot->index, &since);
  double seconds;

  if (!fermata_moment_is_state_active (spot->moment, spot->frame, spot->index))
    return n_visits == 0 ? NULL : g_strdup_printf (ngettext ("%u visit", "%u visits", n_visits), n_visits);

  seconds = seconds_since (spot, since);
  if (seconds < 60)
    return g_strdup_printf (_("for %.1f s"), seconds);

  return g_strdup_printf (_("for %d:%02d min"), (int) (seconds / 60), (int) seconds % 60);
}

static char *
caption_of_task (const Spot *spot)
{
  FermataNodeStatus status = fermata_moment_get_node_status (spot->moment, spot->frame, spot->place);
  guint attempt = fermata_moment_get_node_attempt (spot->moment, spot->frame, spot->place);
  FermataValue *value;

  if (status == FERMATA_NODE_STATUS_DONE)
    {
      value = fermata_moment_get_node_output (spot->moment, spot->frame, spot->place);
      return value == NULL ? NULL : summarise (value);
    }
  if (status == FERMATA_NODE_STATUS_FAILED)
    {
      value = fermata_moment_get_node_error (spot->moment, spot->frame, spot->place);
      value = value == NULL ? NULL : fermata_value_get_member (value, "message");
      return value == NULL ? NULL : clip (fermata_value_get_string (value, NULL), 22);
    }
  if (attempt > 1)
    return g_strdup_printf (_("attempt %u"), attempt);

  return NULL;
}

/* The bodies that a node has, or the one that runs. */
static char *
caption_of_bodies (FermataAppDocument *document,
                   FermataNode        *node)
{
  const char *body = fermata_app_counts_get_body (document, node);
  guint n_bodies = fermata_node_get_n_bodies (node);
  GString *text;

  if (body != NULL)
    return g_strdup_printf (_("in %s"), body);
  if (n_bodies < 2)
    return NULL;

  text = g_string_new (fermata_node_get_body_name (node, 0));
  for (guint i = 1; i < n_bodies; i++)
    g_string_append_printf (text, " · %s", fermata_node_get_body_name (node, i));

  return g_string_free (text, FALSE);
}

static char *
caption_of_owner (FermataAppDocument *document,
                  FermataNode        *node,
                  const Spot         *spot)
{
  FermataNodeStatus status = fermata_moment_get_node_status (spot->moment, spot->frame, spot->place);
  FermataAppCounts counts;

  if (fermata_app_counts_get (document, node, &counts)
      && (status != FERMATA_NODE_STATUS_DONE || counts.n_failed > 0)
      && (counts.n_all > 0 || counts.n_left > 0 || counts.n_running > 0))
    return fermata_app_counts_dup_caption (&counts);
  if (status == FERMATA_NODE_STATUS_DONE || status == FERMATA_NODE_STATUS_FAILED)
    return NULL;

  return caption_of_bodies (document, node);
}

static gboolean
is_in_machine (FermataNode *node)
{
  FermataGraph *graph = fermata_node_get_graph (node);

  return graph != NULL && fermata_graph_get_kind (graph) == FERMATA_GRAPH_KIND_FSM;
}

char *
fermata_app_look_dup_caption (FermataAppDocument *document,
                              FermataNode        *node)
{
  g_autofree char *caption = NULL;
  Spot spot;

  if (!find_spot (document, node, &spot))
    return is_in_machine (node) ? fermata_app_words_dup_state (node) : caption_of_bodies (document, node);
  if (spot.is_state)
    return caption_of_state (&spot);

  caption = caption_of_owner (document, node, &spot);

  return caption != NULL ? g_steal_pointer (&caption) : caption_of_task (&spot);
}

static const char *
breakpoint_word (guint8 breakpoint)
{
  switch (breakpoint)
    {
    case FERMATA_APP_BREAKPOINT_SET:
      return _("breakpoint");
    case FERMATA_APP_BREAKPOINT_CONDITION:
      return _("conditional breakpoint");
    case FERMATA_APP_BREAKPOINT_DISABLED:
      return _("disabled breakpoint");
    default:
      return NULL;
    }
}

static void
append_word (GString    *words,
             const char *word)
{
  if (word != NULL && *word != '\0')
    g_string_append_printf (words, ", %s", word);
}

/* In the past nothing holds, but something comes next. */
static const char *
held_word (FermataAppDocument *document)
{
  FermataDebugger *debugger = fermata_app_document_get_debugger (document);

  return debugger != NULL && fermata_debugger_is_live (debugger) ? _("held") : _("next");
}

static void
append_marks (GString              *words,
              FermataAppDocument   *document,
              const FermataAppLook *look)
{
  append_word (words, look->is_held ? held_word (document) : NULL);
  append_word (words, breakpoint_word (look->breakpoint));
  if (look->severity > 0)
    append_word (words, fermata_severity_to_string (look->severity - 1));
}

static const char *
kind_of_node (FermataNode *node)
{
  const char *type = fermata_node_get_type_name (node);
  FermataGraph *graph = fermata_node_get_graph (node);

  if (type != NULL)
    return type;

  return graph != NULL && fermata_graph_get_kind (graph) == FERMATA_GRAPH_KIND_FSM ? _("state") : NULL;
}

/* That there is something in it to enter, and how far that is. */
static void
append_bodies (GString            *words,
               FermataAppDocument *document,
               FermataNode        *node)
{
  guint n_bodies = fermata_node_get_n_bodies (node);
  FermataAppCounts counts;

  if (n_bodies == 1 || fermata_app_tasks_list (node) != NULL)
    append_word (words, _("has a body"));
  for (guint i = 0; n_bodies > 1 && i < n_bodies; i++)
    append_word (words, fermata_app_bodies_get_title (fermata_node_get_body_name (node, i)));
  if (fermata_app_counts_get (document, node, &counts))
    {
      g_autofree char *text = fermata_app_counts_dup_words (&counts);

      append_word (words, text);
    }
}

char *
fermata_app_look_dup_node_name (FermataAppDocument *document,
                                FermataNode        *node)
{
  const char *id = fermata_node_get_id (node);
  const char *label = fermata_node_get_label (node);
  GString *words = g_string_new (label != NULL ? label : id != NULL ? id : _("unnamed"));
  FermataAppLook look;

  fermata_app_look_at_node (document, node, &look);
  append_word (words, kind_of_node (node));
  append_word (words, fermata_app_status_to_string (look.status));
  append_bodies (words, document, node);
  append_marks (words, document, &look);

  return g_string_free (words, FALSE);
}

static const char *
path_word (guint8 path)
{
  switch (path)
    {
    case FERMATA_APP_PATH_TAKEN:
      return _("taken");
    case FERMATA_APP_PATH_LATEST:
      return _("just taken");
    case FERMATA_APP_PATH_REFUSED:
      return _("not taken");
    case FERMATA_APP_PATH_FAILED:
      return _("failed");
    default:
      return NULL;
    }
}

static void
append_targets (GString     *words,
                FermataEdge *edge)
{
  guint n = fermata_edge_get_n_targets (edge);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (words, i == 0 ? _(" to %s") : _(" and %s"), fermata_edge_get_target_id (edge, i));
}

char *
fermata_app_look_dup_edge_name (FermataAppDocument *document,
                                FermataEdge        *edge)
{
  const char *source = fermata_edge_get_source_id (edge);
  g_autofree char *label = fermata_app_look_dup_edge_label (edge);
  GString *words = g_string_new (source != NULL ? source : _("unnamed"));
  FermataAppLook look;

  fermata_app_look_at_edge (document, edge, &look);
  append_targets (words, edge);
  append_word (words, label);
  append_word (words, path_word (look.path));
  append_marks (words, document, &look);

  return g_string_free (words, FALSE);
}

/* What stands on edges */

static const char *
text_of (FermataEdge *edge,
         const char  *name)
{
  FermataValue *value = fermata_edge_get_member (edge, name);

  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING
         ? fermata_value_get_string (value, NULL) : NULL;
}

/* One event, or several. */
static char *
dup_events (FermataEdge *edge)
{
  FermataValue *events = fermata_edge_get_member (edge, "event");
  GString *text;

  if (events == NULL)
    return NULL;
  if (fermata_value_get_kind (events) == FERMATA_VALUE_KIND_STRING)
    return g_strdup (fermata_value_get_string (events, NULL));
  if (fermata_value_get_kind (events) != FERMATA_VALUE_KIND_ARRAY)
    return NULL;

  text = g_string_new (NULL);
  for (gsize i = 0; i < fermata_value_get_length (events); i++)
    {
      FermataValue *event = fermata_value_get_element (events, i);

      if (fermata_value_get_kind (event) == FERMATA_VALUE_KIND_STRING)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                                fermata_value_get_string (event, NULL));
    }

  return g_string_free (text, FALSE);
}

static char *
dup_after (FermataEdge *edge)
{
  FermataValue *after = fermata_edge_get_member (edge, "after");
  g_autofree char *text = NULL;

  if (after == NULL)
    return NULL;

  text = fermata_value_get_kind (after) == FERMATA_VALUE_KIND_STRING
         ? g_strdup (fermata_value_get_string (after, NULL))
         : fermata_value_to_string (after, FERMATA_WRITE_COMPACT, NULL);

  return g_strdup_printf (_("after %s"), text);
}

static char *
dup_case (FermataEdge *edge)
{
  FermataValue *match = fermata_edge_get_member (edge, "case");

  return match == NULL ? NULL : fermata_value_to_string (match, FERMATA_WRITE_COMPACT, NULL);
}

static void
append_part (GString    *text,
             const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", part);
}

/* What it does, if there is room for it. */
static void
append_actions (GString     *text,
                FermataEdge *edge)
{
  g_autofree char *words = NULL;

  if (text->len > MAX_LABEL - ACTIONS_SPACE)
    return;

  words = fermata_app_words_dup_actions (fermata_edge_get_member (edge, "assign"),
                                         fermata_edge_get_member (edge, "actions"));
  if (words != NULL)
    g_string_append_printf (text, "%s/ %s", text->len > 0 ? " " : "", words);
}

char *
fermata_app_look_dup_edge_label (FermataEdge *edge)
{
  const char *label = fermata_edge_get_label (edge);
  const char *when = text_of (edge, "when");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *events = dup_events (edge);
  g_autofree char *after = dup_after (edge);
  g_autofree char *match = dup_case (edge);
  FermataValue *each = fermata_edge_get_member (edge, "each");

  if (label != NULL && *label != '\0')
    return clip (label, MAX_LABEL);

  append_part (text, text_of (edge, "on"));
  append_part (text, events);
  append_part (text, after);
  append_part (text, match);
  if (each != NULL && fermata_value_get_boolean (each))
    append_part (text, _("each"));
  if (when != NULL && *when != '\0')
    {
      g_autofree char *guard = text->len > 0 ? g_strdup_printf ("[%s]", when) : g_strdup (when);

      append_part (text, guard);
    }

  append_actions (text, edge);

  return text->len == 0 ? NULL : clip (text->str, MAX_LABEL);
}
