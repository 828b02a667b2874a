/* fermata-schema-validate.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-schema-private.h"
#include "value/fermata-value-private.h"

#define MAX_MICROSECONDS (1000 * 1000)

/* Answers that are kept at the same time; beyond, all are forgotten. */
#define MAX_REMEMBERED 1000000

typedef enum {
  UNDECIDED,
  FITS,
  FAILS,
} Answer;

/* A value that is being held against a node. */
typedef struct {
  guint node;
  guint rule;               /* of the node's */
  guint n_fitting;          /* of the rule's children so far */
  gsize next;               /* child, member or element */
  FermataValue *value;
} Frame;

typedef struct {
  FermataSchema *schema;
  GArray *frames;
  guint n_trials;           /* frames whose failing is not the whole's */
  GHashTable **answers;     /* a node's: word of a value -> Answer; or NULL */
  guint n_answers;
  gint64 microseconds;      /* left for slow patterns */
  GError *error;
} Validation;

static Frame *
top (Validation *self)
{
  return &g_array_index (self->frames, Frame, self->frames->len - 1);
}

static const FermataSchemaRule *
get_rule (Validation *self,
          Frame      *frame)
{
  FermataSchemaNode *node = fermata_schema_get_node (self->schema, frame->node);

  return &g_array_index (self->schema->rules, FermataSchemaRule, node->first_rule + frame->rule);
}

/* Whether one child that fails is not yet the end. */
static gboolean
is_trial (const FermataSchemaRule *rule)
{
  return rule->kind >= FERMATA_RULE_ANY_OF;
}

/* `items[3].price`: every frame but the last is at a child. */
static char *
dup_path (Validation *self)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; i + 1 < self->frames->len; i++)
    {
      Frame *frame = &g_array_index (self->frames, Frame, i);
      const FermataSchemaRule *rule = get_rule (self, frame);

      if (rule->kind == FERMATA_RULE_MEMBERS)
        fermata_schema_append_member (path, fermata_value_get_member_name (frame->value, frame->next - 1));
      else if (rule->kind == FERMATA_RULE_ELEMENTS)
        g_string_append_printf (path, "[%" G_GSIZE_FORMAT "]", frame->next - 1);
    }
  return g_string_free (path, FALSE);
}

/* Says so, unless it is only tried. */
static Answer
fail (Validation *self,
      Frame      *frame)
{
  g_autofree char *path = NULL;
  g_autofree char *message = NULL;

  if (self->error != NULL || self->n_trials > 0)
    return FAILS;

  path = dup_path (self);
  message = fermata_schema_describe_rule (get_rule (self, frame), frame->value);
  g_set_error (&self->error, FERMATA_SCHEMA_ERROR, FERMATA_SCHEMA_ERROR_VALUE, "%s%s%s",
               path, *path != '\0' ? ": " : "", message);
  return FAILS;
}

static Answer
recall (Validation   *self,
        guint         node,
        FermataValue *value)
{
  Answer answer = UNDECIDED;

  if (fermata_schema_get_node (self->schema, node)->is_remembered && self->answers[node] != NULL)
    answer = GPOINTER_TO_UINT (g_hash_table_lookup (self->answers[node], value));
  /* What fails for good is looked at once more, to say why. */
  return answer == FAILS && self->n_trials == 0 ? UNDECIDED : answer;
}

static void
remember (Validation *self,
          Frame      *frame,
          Answer      answer)
{
  if (!fermata_schema_get_node (self->schema, frame->node)->is_remembered)
    return;

  if (self->n_answers++ >= MAX_REMEMBERED)
    {
      for (guint i = 0; i < self->schema->nodes->len; i++)
        g_clear_pointer (&self->answers[i], g_hash_table_unref);
      self->n_answers = 1;
    }
  if (self->answers[frame->node] == NULL)
    self->answers[frame->node] = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (self->answers[frame->node], frame->value, GUINT_TO_POINTER (answer));
}

/* What is to be held against what next: FALSE if nothing more is. */
static gboolean
next_member (Validation              *self,
             Frame                   *frame,
             const FermataSchemaRule *rule,
             guint                   *node,
             FermataValue           **value)
{
  while (frame->next < fermata_value_get_n_slots (frame->value))
    {
      const FermataKey *name = fermata_value_get_key (frame->value, frame->next);
      gsize place;

      *value = fermata_value_get_slots (frame->value)[frame->next++];
      if (rule->value != NULL && fermata_value_find_name (rule->value, name->text, name->length, &place))
        *node = fermata_schema_get_child (self->schema, rule, place);
      else
        *node = rule->rest;
      if (*node != FERMATA_SCHEMA_NO_NODE && fermata_schema_get_node (self->schema, *node)->n_rules > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
next_element (Validation              *self,
              Frame                   *frame,
              const FermataSchemaRule *rule,
              guint                   *node,
              FermataValue           **value)
{
  while (frame->next < fermata_value_get_n_slots (frame->value))
    {
      gsize place = frame->next++;

      *value = fermata_value_get_slots (frame->value)[place];
      *node = place < rule->n_children ? fermata_schema_get_child (self->schema, rule, place) : rule->rest;
      if (*node != FERMATA_SCHEMA_NO_NODE && fermata_schema_get_node (self->schema, *node)->n_rules > 0)
        return TRUE;
      /* None of the others has anything to be held against. */
      if (place >= rule->n_children)
        return FALSE;
    }
  return FALSE;
}

static gboolean
next_child (Validation              *self,
            Frame                   *frame,
            const FermataSchemaRule *rule,
            guint                   *node,
            FermataValue           **value)
{
  FermataTag tag = fermata_value_get_tag (frame->value);

  if (rule->kind == FERMATA_RULE_MEMBERS)
    return tag == FERMATA_TAG_OBJECT && next_member (self, frame, rule, node, value);
  if (rule->kind == FERMATA_RULE_ELEMENTS)
    return tag == FERMATA_TAG_ARRAY && next_element (self, frame, rule, node, value);

  if (frame->next >= rule->n_children)
    return FALSE;
  *node = fermata_schema_get_child (self->schema, rule, frame->next++);
  *value = frame->value;
  return TRUE;
}

/* What a child's answer means for its rule. */
static Answer
count_child (Frame                   *frame,
             const FermataSchemaRule *rule,
             Answer                   answer)
{
  frame->n_fitting += answer == FITS;

  switch ((int) rule->kind)
    {
    case FERMATA_RULE_ANY_OF:
      return answer == FITS ? FITS : UNDECIDED;
    case FERMATA_RULE_ONE_OF:
      return frame->n_fitting > 1 ? FAILS : UNDECIDED;
    case FERMATA_RULE_NOT:
      return answer == FITS ? FAILS : FITS;
    default:
      return answer == FAILS ? FAILS : UNDECIDED;
    }
}

/* What a rule without further children comes to. */
static Answer
conclude (Frame                   *frame,
          const FermataSchemaRule *rule)
{
  if (rule->kind == FERMATA_RULE_ANY_OF)
    return FAILS;
  if (rule->kind == FERMATA_RULE_ONE_OF)
    return frame->n_fitting == 1 ? FITS : FAILS;
  return FITS;
}

/* UNDECIDED: a child has been pushed, @frame is no longer what it was. */
static Answer
apply_rule (Validation              *self,
            Frame                   *frame,
            const FermataSchemaRule *rule)
{
  FermataValue *value = NULL;
  guint node = 0;

  while (next_child (self, frame, rule, &node, &value))
    {
      Answer answer;

      self->n_trials += is_trial (rule);
      answer = recall (self, node, value);
      if (answer == UNDECIDED)
        {
          g_array_append_val (self->frames, ((Frame) { .node = node, .value = value }));
          return UNDECIDED;
        }
      self->n_trials -= is_trial (rule);

      answer = count_child (frame, rule, answer);
      if (answer != UNDECIDED)
        return answer;
    }
  return conclude (frame, rule);
}

static Answer
try_rule (Validation              *self,
          Frame                   *frame,
          const FermataSchemaRule *rule)
{
  if (rule->kind >= FERMATA_RULE_MEMBERS)
    return apply_rule (self, frame, rule);
  return fermata_schema_rule_check (rule, frame->value, &self->microseconds, &self->error) ? FITS : FAILS;
}

/* Goes on with the frame on top until it has an answer, or one of its
 * children must have one first. @answer is that of the child before, if any. */
static Answer
advance (Validation *self,
         Answer      child)
{
  Frame *frame = top (self);
  guint n_rules = fermata_schema_get_node (self->schema, frame->node)->n_rules;

  while (frame->rule < n_rules)
    {
      const FermataSchemaRule *rule = get_rule (self, frame);
      Answer answer = UNDECIDED;

      if (child != UNDECIDED)
        {
          self->n_trials -= is_trial (rule);
          answer = count_child (frame, rule, child);
          child = UNDECIDED;
        }
      if (answer == UNDECIDED)
        answer = try_rule (self, frame, rule);

      if (answer == UNDECIDED)
        return UNDECIDED;
      if (answer == FAILS || self->error != NULL)
        return fail (self, frame);
      frame->rule++;
      frame->next = 0;
      frame->n_fitting = 0;
    }
  return FITS;
}

static void
validate (Validation   *self,
          FermataValue *value)
{
  Answer answer = UNDECIDED;

  g_array_append_val (self->frames, ((Frame) { .node = 0, .value = value }));
  while (self->frames->len > 0 && self->error == NULL)
    {
      answer = advance (self, answer);
      if (answer == UNDECIDED)
        continue;
      remember (self, top (self), answer);
      g_array_set_size (self->frames, self->frames->len - 1);
    }
}

/**
 * fermata_schema_validate:
 * @self: a schema
 * @value: a value
 * @error: return location for an error: %FERMATA_SCHEMA_ERROR_VALUE if it does
 *   not fit; %FERMATA_SCHEMA_ERROR_LIMIT if that cannot be told within bounds,
 *   because a pattern takes too long
 *
 * Looks whether a value fits. Numbers are taken for what they are and not for
 * how they are written: 2.0 is an integer and the same as 2. The error says
 * where in the value it was found, what was expected and what found:
 * `items[3].price: expected at least 0, found -1`.
 *
 * Returns: whether it fits
 */
gboolean
fermata_schema_validate (FermataSchema  *self,
                         FermataValue   *value,
                         GError        **error)
{
  Validation validation = { self, .microseconds = MAX_MICROSECONDS };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  validation.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  validation.answers = g_new0 (GHashTable *, self->nodes->len);

  validate (&validation, value);

  for (guint i = 0; i < self->nodes->len; i++)
    g_clear_pointer (&validation.answers[i], g_hash_table_unref);
  g_free (validation.answers);
  g_array_unref (validation.frames);

  if (validation.error == NULL)
    return TRUE;
  g_propagate_error (error, validation.error);
  return FALSE;
}
