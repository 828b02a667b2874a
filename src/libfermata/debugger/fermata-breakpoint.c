/* fermata-breakpoint.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "debugger/fermata-breakpoint-private.h"

#include "debugger/fermata-debugger-error.h"

G_DEFINE_QUARK (fermata-debugger-error-quark, fermata_debugger_error)

struct _FermataBreakpoint {
  GObject parent_instance;

  FermataPlaceKind kind;
  char *place;
  gboolean enabled;
  char *condition;
  guint ignore_count;
  gboolean one_shot;
  char *log_message;
  guint n_hits;
  char *problem;
};

G_DEFINE_FINAL_TYPE (FermataBreakpoint, fermata_breakpoint, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_KIND,
  PROP_PLACE,
  PROP_ENABLED,
  PROP_CONDITION,
  PROP_IGNORE_COUNT,
  PROP_ONE_SHOT,
  PROP_LOG_MESSAGE,
  PROP_N_HITS,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
fermata_breakpoint_finalize (GObject *object)
{
  FermataBreakpoint *self = FERMATA_BREAKPOINT (object);

  g_free (self->place);
  g_free (self->condition);
  g_free (self->log_message);
  g_free (self->problem);

  G_OBJECT_CLASS (fermata_breakpoint_parent_class)->finalize (object);
}

static void
fermata_breakpoint_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  FermataBreakpoint *self = FERMATA_BREAKPOINT (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_uint (value, self->kind);
      break;
    case PROP_PLACE:
      g_value_set_string (value, self->place);
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    case PROP_CONDITION:
      g_value_set_string (value, self->condition);
      break;
    case PROP_IGNORE_COUNT:
      g_value_set_uint (value, self->ignore_count);
      break;
    case PROP_ONE_SHOT:
      g_value_set_boolean (value, self->one_shot);
      break;
    case PROP_LOG_MESSAGE:
      g_value_set_string (value, self->log_message);
      break;
    case PROP_N_HITS:
      g_value_set_uint (value, self->n_hits);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_breakpoint_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  FermataBreakpoint *self = FERMATA_BREAKPOINT (object);

  switch (prop_id)
    {
    case PROP_PLACE:
      fermata_breakpoint_set_place (self, g_value_get_string (value));
      break;
    case PROP_ENABLED:
      fermata_breakpoint_set_enabled (self, g_value_get_boolean (value));
      break;
    case PROP_CONDITION:
      fermata_breakpoint_set_condition (self, g_value_get_string (value));
      break;
    case PROP_IGNORE_COUNT:
      fermata_breakpoint_set_ignore_count (self, g_value_get_uint (value));
      break;
    case PROP_ONE_SHOT:
      fermata_breakpoint_set_one_shot (self, g_value_get_boolean (value));
      break;
    case PROP_LOG_MESSAGE:
      fermata_breakpoint_set_log_message (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_breakpoint_class_init (FermataBreakpointClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = fermata_breakpoint_finalize;
  object_class->get_property = fermata_breakpoint_get_property;
  object_class->set_property = fermata_breakpoint_set_property;

  /**
   * FermataBreakpoint:kind:
   *
   * What its place is: %FERMATA_PLACE_KIND_NODE, which states are too, or
   * %FERMATA_PLACE_KIND_EDGE.
   */
  properties[PROP_KIND] =
    g_param_spec_uint ("kind", NULL, NULL, 0, FERMATA_PLACE_KIND_FRAME, FERMATA_PLACE_KIND_NODE, readable);

  /**
   * FermataBreakpoint:place:
   *
   * The name of its place, as events have it.
   */
  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, "", writable);

  /**
   * FermataBreakpoint:enabled:
   *
   * Whether it holds, or logs, at all.
   */
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, writable);

  /**
   * FermataBreakpoint:condition:
   *
   * An expression that must be true; %NULL: none.
   */
  properties[PROP_CONDITION] = g_param_spec_string ("condition", NULL, NULL, NULL, writable);

  /**
   * FermataBreakpoint:ignore-count:
   *
   * How many hits are to be let pass before it holds.
   */
  properties[PROP_IGNORE_COUNT] =
    g_param_spec_uint ("ignore-count", NULL, NULL, 0, G_MAXUINT, 0, writable);

  /**
   * FermataBreakpoint:one-shot:
   *
   * Whether it is removed once it has held.
   */
  properties[PROP_ONE_SHOT] = g_param_spec_boolean ("one-shot", NULL, NULL, FALSE, writable);

  /**
   * FermataBreakpoint:log-message:
   *
   * A template that is told instead of holding; %NULL: it holds.
   */
  properties[PROP_LOG_MESSAGE] = g_param_spec_string ("log-message", NULL, NULL, NULL, writable);

  /**
   * FermataBreakpoint:n-hits:
   *
   * How often it was met, its condition being true, since the run began that is
   * being debugged.
   */
  properties[PROP_N_HITS] = g_param_spec_uint ("n-hits", NULL, NULL, 0, G_MAXUINT, 0, readable);

  /**
   * FermataBreakpoint:problem:
   *
   * What is wrong with it, for people: the graph of the run has no such place,
   * or its condition or message has no value. %NULL if nothing is, as far as is
   * known.
   */
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fermata_breakpoint_init (FermataBreakpoint *self)
{
  self->enabled = TRUE;
}

/**
 * fermata_breakpoint_new:
 * @kind: %FERMATA_PLACE_KIND_NODE or %FERMATA_PLACE_KIND_EDGE
 * @place: the name of a node or edge, as events have it
 *
 * Makes a breakpoint that holds always.
 *
 * Returns: (transfer full): the breakpoint
 */
FermataBreakpoint *
fermata_breakpoint_new (FermataPlaceKind  kind,
                        const char       *place)
{
  FermataBreakpoint *self;

  g_return_val_if_fail (kind == FERMATA_PLACE_KIND_NODE || kind == FERMATA_PLACE_KIND_EDGE, NULL);
  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (FERMATA_TYPE_BREAKPOINT, NULL);
  self->kind = kind;
  self->place = g_strdup (place);

  return self;
}

/**
 * fermata_breakpoint_get_kind:
 * @self: a breakpoint
 *
 * Tells what its place is.
 *
 * Returns: %FERMATA_PLACE_KIND_NODE or %FERMATA_PLACE_KIND_EDGE
 */
FermataPlaceKind
fermata_breakpoint_get_kind (FermataBreakpoint *self)
{
  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (self), FERMATA_PLACE_KIND_NODE);

  return self->kind;
}

/**
 * fermata_breakpoint_get_place:
 * @self: a breakpoint
 *
 * Names its place.
 *
 * Returns: (transfer none): the name of a node or edge
 */
const char *
fermata_breakpoint_get_place (FermataBreakpoint *self)
{
  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (self), NULL);

  return self->place;
}

static gboolean
set_text (FermataBreakpoint *self,
          char             **text,
          const char        *wanted,
          guint              prop_id)
{
  if (g_strcmp0 (*text, wanted) == 0)
    return FALSE;

  g_free (*text);
  *text = g_strdup (wanted);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);

  return TRUE;
}

/* NULL and the empty text are the same to those who type it. */
static const char *
text_or_null (const char *text)
{
  return text == NULL || *text == '\0' ? NULL : text;
}

/**
 * fermata_breakpoint_set_place:
 * @self: a breakpoint
 * @place: the name of a node or edge
 *
 * Has it stand somewhere else: its place was renamed. In a #FermataBreakpoints
 * there should be no other with that name.
 */
void
fermata_breakpoint_set_place (FermataBreakpoint *self,
                              const char        *place)
{
  g_return_if_fail (FERMATA_IS_BREAKPOINT (self));
  g_return_if_fail (place != NULL);

  set_text (self, &self->place, place, PROP_PLACE);
}

/**
 * fermata_breakpoint_get_enabled:
 * @self: a breakpoint
 *
 * Tells whether it holds at all.
 *
 * Returns: whether it does
 */
gboolean
fermata_breakpoint_get_enabled (FermataBreakpoint *self)
{
  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (self), FALSE);

  return self->enabled;
}

/**
 * fermata_breakpoint_set_enabled:
 * @self: a breakpoint
 * @enabled: whether it is to hold
 *
 * Switches it on or off.
 */
void
fermata_breakpoint_set_enabled (FermataBreakpoint *self,
                                gboolean           enabled)
{
  g_return_if_fail (FERMATA_IS_BREAKPOINT (self));

  if (self->enabled == !!enabled)
    return;

  self->enabled = !!enabled;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

/**
 * fermata_breakpoint_get_condition:
 * @self: a breakpoint
 *
 * Gives the expression that must be true.
 *
 * Returns: (transfer none) (nullable): its source; %NULL: it holds always
 */
const char *
fermata_breakpoint_get_condition (FermataBreakpoint *self)
{
  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (self), NULL);

  return self->condition;
}

/**
 * fermata_breakpoint_set_condition:
 * @self: a breakpoint
 * @condition: (nullable): an expression; %NULL or empty: none
 *
 * Has it hold only where an expression is true: one that sees what the
 * expressions of its place see (see fermata_moment_evaluate()). If it has no
 * value, it holds and says so.
 */
void
fermata_breakpoint_set_condition (FermataBreakpoint *self,
                                  const char        *condition)
{
  g_return_if_fail (FERMATA_IS_BREAKPOINT (self));

  if (set_text (self, &self->condition, text_or_null (condition), PROP_CONDITION))
    fermata_breakpoint_set_problem (self, NULL);
}

/**
 * fermata_breakpoint_get_ignore_count:
 * @self: a breakpoint
 *
 * Tells how many hits it lets pass.
 *
 * Returns: that many
 */
guint
fermata_breakpoint_get_ignore_count (FermataBreakpoint *self)
{
  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (self), 0);

  return self->ignore_count;
}

/**
 * fermata_breakpoint_set_ignore_count:
 * @self: a breakpoint
 * @ignore_count: how many hits are to pass
 *
 * Has it hold only from one more than so many hits on. In the past, where
 * nothing is counted, it is as if it were 0.
 */
void
fermata_breakpoint_set_ignore_count (FermataBreakpoint *self,
                                     guint              ignore_count)
{
  g_return_if_fail (FERMATA_IS_BREAKPOINT (self));

  if (self->ignore_count == ignore_count)
    return;

  self->ignore_count = ignore_count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IGNORE_COUNT]);
}

/**
 * fermata_breakpoint_get_one_shot:
 * @self: a breakpoint
 *
 * Tells whether it holds once only.
 *
 * Returns: whether it is removed then
 */
gboolean
fermata_breakpoint_get_one_shot (FermataBreakpoint *self)
{
  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (self), FALSE);

  return self->one_shot;
}

/**
 * fermata_breakpoint_set_one_shot:
 * @self: a breakpoint
 * @one_shot: whether it is to be removed once it has held
 *
 * Has it hold once only.
 */
void
fermata_breakpoint_set_one_shot (FermataBreakpoint *self,
                                 gboolean           one_shot)
{
  g_return_if_fail (FERMATA_IS_BREAKPOINT (self));

  if (self->one_shot == !!one_shot)
    return;

  self->one_shot = !!one_shot;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONE_SHOT]);
}

/**
 * fermata_breakpoint_get_log_message:
 * @self: a breakpoint
 *
 * Gives the message that it tells instead of holding.
 *
 * Returns: (transfer none) (nullable): a template; %NULL: it holds
 */
const char *
fermata_breakpoint_get_log_message (FermataBreakpoint *self)
{
  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (self), NULL);

  return self->log_message;
}

/**
 * fermata_breakpoint_set_log_message:
 * @self: a breakpoint
 * @log_message: (nullable): a template; %NULL or empty: none
 *
 * Has it tell a message (see #FermataDebugger::logged) instead of holding.
 */
void
fermata_breakpoint_set_log_message (FermataBreakpoint *self,
                                    const char        *log_message)
{
  g_return_if_fail (FERMATA_IS_BREAKPOINT (self));

  if (set_text (self, &self->log_message, text_or_null (log_message), PROP_LOG_MESSAGE))
    fermata_breakpoint_set_problem (self, NULL);
}

/**
 * fermata_breakpoint_get_n_hits:
 * @self: a breakpoint
 *
 * Tells how often it was met, its condition being true, since the run began
 * that is being debugged. Going about in the past does not count.
 *
 * Returns: how often
 */
guint
fermata_breakpoint_get_n_hits (FermataBreakpoint *self)
{
  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (self), 0);

  return self->n_hits;
}

/**
 * fermata_breakpoint_get_problem:
 * @self: a breakpoint
 *
 * Tells what is wrong with it: the graph of the run has no such place, or its
 * condition or message does not parse or has no value.
 *
 * Returns: (transfer none) (nullable): what to tell people; %NULL if nothing
 *   is wrong as far as is known
 */
const char *
fermata_breakpoint_get_problem (FermataBreakpoint *self)
{
  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (self), NULL);

  return self->problem;
}

static void
set_n_hits (FermataBreakpoint *self,
            guint              n_hits)
{
  if (self->n_hits == n_hits)
    return;

  self->n_hits = n_hits;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HITS]);
}

gboolean
fermata_breakpoint_hit (FermataBreakpoint *self)
{
  set_n_hits (self, self->n_hits == G_MAXUINT ? G_MAXUINT : self->n_hits + 1);

  return self->n_hits > self->ignore_count;
}

void
fermata_breakpoint_forget_hits (FermataBreakpoint *self)
{
  set_n_hits (self, 0);
}

void
fermata_breakpoint_set_problem (FermataBreakpoint *self,
                                const char        *problem)
{
  set_text (self, &self->problem, problem, PROP_PROBLEM);
}
