/* fermata-stop.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "debugger/fermata-stop-private.h"

#include <glib/gi18n-lib.h>

#include "engine/plan/fermata-plan-private.h"

struct _FermataStop {
  GObject parent_instance;

  FermataStopReason reason;
  FermataBreakpoint *breakpoint;
  guint64 number;
  gboolean has_decision;
  FermataEventKind kind;
  guint32 frame;
  FermataPlaceKind place_kind;
  char *place;
  guint32 place_number;
  char *text;
};

G_DEFINE_FINAL_TYPE (FermataStop, fermata_stop, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_REASON,
  PROP_BREAKPOINT,
  PROP_NUMBER,
  PROP_KIND,
  PROP_FRAME,
  PROP_PLACE_KIND,
  PROP_PLACE,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
fermata_stop_finalize (GObject *object)
{
  FermataStop *self = FERMATA_STOP (object);

  g_clear_object (&self->breakpoint);
  g_free (self->place);
  g_free (self->text);

  G_OBJECT_CLASS (fermata_stop_parent_class)->finalize (object);
}

static void
fermata_stop_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  FermataStop *self = FERMATA_STOP (object);

  switch (prop_id)
    {
    case PROP_REASON:
      g_value_set_uint (value, self->reason);
      break;
    case PROP_BREAKPOINT:
      g_value_set_object (value, self->breakpoint);
      break;
    case PROP_NUMBER:
      g_value_set_uint64 (value, self->number);
      break;
    case PROP_KIND:
      g_value_set_uint (value, self->kind);
      break;
    case PROP_FRAME:
      g_value_set_uint (value, self->frame);
      break;
    case PROP_PLACE_KIND:
      g_value_set_uint (value, self->place_kind);
      break;
    case PROP_PLACE:
      g_value_set_string (value, self->place);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_stop_class_init (FermataStopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = fermata_stop_finalize;
  object_class->get_property = fermata_stop_get_property;

  /**
   * FermataStop:reason:
   *
   * Why it stands: a #FermataStopReason.
   */
  properties[PROP_REASON] =
    g_param_spec_uint ("reason", NULL, NULL, 0, FERMATA_STOP_REASON_VISIT, 0, flags);

  /**
   * FermataStop:breakpoint:
   *
   * The breakpoint where that is why.
   */
  properties[PROP_BREAKPOINT] =
    g_param_spec_object ("breakpoint", NULL, NULL, FERMATA_TYPE_BREAKPOINT, flags);

  /**
   * FermataStop:number:
   *
   * The number of the last event of the moment.
   */
  properties[PROP_NUMBER] = g_param_spec_uint64 ("number", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /**
   * FermataStop:kind:
   *
   * The kind of the decision that comes next: a #FermataEventKind.
   */
  properties[PROP_KIND] =
    g_param_spec_uint ("kind", NULL, NULL, 0, FERMATA_N_EVENT_KINDS - 1, 0, flags);

  /**
   * FermataStop:frame:
   *
   * The frame of the decision that comes next.
   */
  properties[PROP_FRAME] = g_param_spec_uint ("frame", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * FermataStop:place-kind:
   *
   * What the place of the decision is that comes next: a #FermataPlaceKind.
   */
  properties[PROP_PLACE_KIND] =
    g_param_spec_uint ("place-kind", NULL, NULL, 0, FERMATA_PLACE_KIND_FRAME, 0, flags);

  /**
   * FermataStop:place:
   *
   * The name of the node or edge of the decision that comes next.
   */
  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, flags);

  /**
   * FermataStop:text:
   *
   * Where it stands, and why, for people.
   */
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fermata_stop_init (FermataStop *self)
{
  self->place_kind = FERMATA_PLACE_KIND_RUN;
  self->place_number = FERMATA_PLACE_RUN;
}

/* Making one */

/* What a decision is of: a node, an edge, or neither. */
static FermataPlaceKind
place_kind_of (const FermataEvent *decision,
               FermataPlan        *plan)
{
  FermataPlaceKind kind = fermata_event_kind_get_place_kind (decision->kind);
  guint local;

  if (kind != FERMATA_PLACE_KIND_ANY)
    return kind;

  plan = fermata_plan_locate (plan, decision->place, &local);

  return local < plan->n_nodes ? FERMATA_PLACE_KIND_NODE : FERMATA_PLACE_KIND_EDGE;
}

/* What comes next, as a part of a sentence. @place is NULL for what has none. */
static char *
describe_decision (FermataEventKind  kind,
                   const char       *place)
{
  switch ((guint) kind)
    {
    case FERMATA_EVENT_NODE_STARTED:
      return g_strdup_printf (_("before “%s” starts"), place);
    case FERMATA_EVENT_NODE_COMPLETED:
      return g_strdup_printf (_("before “%s” is done"), place);
    case FERMATA_EVENT_NODE_FAILED:
      return g_strdup_printf (_("before “%s” fails"), place);
    case FERMATA_EVENT_NODE_SKIPPED:
      return g_strdup_printf (_("before “%s” is skipped"), place);
    case FERMATA_EVENT_EDGE_TAKEN:
      return g_strdup_printf (_("before “%s” is taken"), place);
    case FERMATA_EVENT_EDGE_REFUSED:
      return g_strdup_printf (_("before “%s” is refused"), place);
    case FERMATA_EVENT_STATE_ENTERED:
      return g_strdup_printf (_("before “%s” is entered"), place);
    case FERMATA_EVENT_STATE_EXITING:
    case FERMATA_EVENT_STATE_EXITED:
      return g_strdup_printf (_("before “%s” is left"), place);
    case FERMATA_EVENT_EVENT_DEQUEUED:
      return g_strdup (_("before the next event"));
    case FERMATA_EVENT_EVENT_IGNORED:
      return g_strdup (_("the event is for no state"));
    case FERMATA_EVENT_MACROSTEP_ENDED:
      return g_strdup (_("all is done that follows from the event"));
    default:
      break;
    }

  if (place == NULL)
    return g_strdup_printf (_("before %s"), fermata_event_kind_to_string (kind));

  return g_strdup_printf (_("at “%s”, before %s"), place, fermata_event_kind_to_string (kind));
}

static char *
describe (FermataStop *self,
          const char  *detail)
{
  static const char *const reasons[] = {
    [FERMATA_STOP_REASON_HOLD] = N_("Held"),
    [FERMATA_STOP_REASON_STEP] = N_("Step"),
    [FERMATA_STOP_REASON_BREAKPOINT] = N_("Breakpoint"),
    [FERMATA_STOP_REASON_ERROR] = N_("The breakpoint’s condition has no value"),
    [FERMATA_STOP_REASON_ENDED] = N_("The run has ended"),
    [FERMATA_STOP_REASON_VISIT] = N_("In the past"),
  };
  g_autofree char *decision = NULL;

  if (detail != NULL)
    return g_strdup_printf ("%s: %s", _(reasons[self->reason]), detail);

  decision = self->has_decision ? describe_decision (self->kind, self->place)
                                : g_strdup (_("nothing follows before something comes from outside"));

  return g_strdup_printf ("%s: %s", _(reasons[self->reason]), decision);
}

FermataStop *
fermata_stop_new (FermataStopReason   reason,
                  FermataBreakpoint  *breakpoint,
                  guint64             number,
                  const FermataEvent *decision,
                  FermataPlan        *plan,
                  const char         *detail)
{
  FermataStop *self = g_object_new (FERMATA_TYPE_STOP, NULL);

  self->reason = reason;
  self->number = number;
  if (breakpoint != NULL)
    self->breakpoint = g_object_ref (breakpoint);
  if (decision != NULL)
    {
      self->has_decision = TRUE;
      self->kind = decision->kind;
      self->frame = decision->frame;
      self->place_kind = place_kind_of (decision, plan);
      self->place_number = decision->place;
      if (decision->place != FERMATA_PLACE_RUN)
        self->place = fermata_plan_dup_place_name (plan, decision->place);
    }
  self->text = describe (self, detail);

  return self;
}

/**
 * fermata_stop_get_reason:
 * @self: a stop
 *
 * Tells why it stands.
 *
 * Returns: the reason
 */
FermataStopReason
fermata_stop_get_reason (FermataStop *self)
{
  g_return_val_if_fail (FERMATA_IS_STOP (self), FERMATA_STOP_REASON_HOLD);

  return self->reason;
}

/**
 * fermata_stop_get_breakpoint:
 * @self: a stop
 *
 * Gives the breakpoint because of which it stands.
 *
 * Returns: (transfer none) (nullable): the breakpoint; %NULL if it is not for one
 */
FermataBreakpoint *
fermata_stop_get_breakpoint (FermataStop *self)
{
  g_return_val_if_fail (FERMATA_IS_STOP (self), NULL);

  return self->breakpoint;
}

/**
 * fermata_stop_get_number:
 * @self: a stop
 *
 * Tells which moment it is at.
 *
 * Returns: the number of the last event
 */
guint64
fermata_stop_get_number (FermataStop *self)
{
  g_return_val_if_fail (FERMATA_IS_STOP (self), 0);

  return self->number;
}

/**
 * fermata_stop_has_decision:
 * @self: a stop
 *
 * Tells whether there is something to be decided next: there is not where
 * everything waits for something from outside, nor at the end.
 *
 * Returns: whether the kind, the frame and the place mean anything
 */
gboolean
fermata_stop_has_decision (FermataStop *self)
{
  g_return_val_if_fail (FERMATA_IS_STOP (self), FALSE);

  return self->has_decision;
}

/**
 * fermata_stop_get_kind:
 * @self: a stop
 *
 * Tells what is decided next.
 *
 * Returns: the kind of that decision
 */
FermataEventKind
fermata_stop_get_kind (FermataStop *self)
{
  g_return_val_if_fail (FERMATA_IS_STOP (self), FERMATA_EVENT_RUN_STARTED);

  return self->kind;
}

/**
 * fermata_stop_get_frame:
 * @self: a stop
 *
 * Tells in which frame that is.
 *
 * Returns: the number of a frame; 0, the root's, if there is no decision
 */
guint
fermata_stop_get_frame (FermataStop *self)
{
  g_return_val_if_fail (FERMATA_IS_STOP (self), 0);

  return self->frame;
}

/**
 * fermata_stop_get_place_kind:
 * @self: a stop
 *
 * Tells what the place of that decision is.
 *
 * Returns: a node, an edge, a frame, or the run, which it is too if there is no
 *   decision
 */
FermataPlaceKind
fermata_stop_get_place_kind (FermataStop *self)
{
  g_return_val_if_fail (FERMATA_IS_STOP (self), FERMATA_PLACE_KIND_RUN);

  return self->place_kind;
}

/**
 * fermata_stop_get_place:
 * @self: a stop
 *
 * Names the place of that decision.
 *
 * Returns: (transfer none) (nullable): the name of a node or edge; %NULL if it
 *   is neither
 */
const char *
fermata_stop_get_place (FermataStop *self)
{
  g_return_val_if_fail (FERMATA_IS_STOP (self), NULL);

  return self->place;
}

/**
 * fermata_stop_get_place_number:
 * @self: a stop
 *
 * Gives the place of that decision as events have it, for asking the moment
 * about it.
 *
 * Returns: the place of a node or edge; FERMATA_PLACE_RUN if it is neither
 */
guint32
fermata_stop_get_place_number (FermataStop *self)
{
  g_return_val_if_fail (FERMATA_IS_STOP (self), FERMATA_PLACE_RUN);

  return self->place_number;
}

/**
 * fermata_stop_get_text:
 * @self: a stop
 *
 * Says where it stands, and why.
 *
 * Returns: (transfer none): a line for people
 */
const char *
fermata_stop_get_text (FermataStop *self)
{
  g_return_val_if_fail (FERMATA_IS_STOP (self), NULL);

  return self->text;
}
