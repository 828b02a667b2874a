/* fermata-node-description.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-node-description.h"

static const char *const form_names[] = {
  [FERMATA_MEMBER_FORM_LITERAL] = "literal",
  [FERMATA_MEMBER_FORM_TEMPLATE] = "template",
  [FERMATA_MEMBER_FORM_EXPRESSION] = "expression",
  [FERMATA_MEMBER_FORM_CODE] = "code",
};

static const char *const type_names[] = {
  [FERMATA_MEMBER_TYPE_ANY] = "any",
  [FERMATA_MEMBER_TYPE_BOOLEAN] = "boolean",
  [FERMATA_MEMBER_TYPE_INTEGER] = "integer",
  [FERMATA_MEMBER_TYPE_NUMBER] = "number",
  [FERMATA_MEMBER_TYPE_STRING] = "string",
  [FERMATA_MEMBER_TYPE_DURATION] = "duration",
  [FERMATA_MEMBER_TYPE_ARRAY] = "array",
  [FERMATA_MEMBER_TYPE_STRINGS] = "strings",
  [FERMATA_MEMBER_TYPE_OBJECT] = "object",
  [FERMATA_MEMBER_TYPE_CHOICE] = "choice",
};

static const char *const rule_names[] = {
  [FERMATA_BODY_RULE_NONE] = "none",
  [FERMATA_BODY_RULE_ONCE] = "once",
  [FERMATA_BODY_RULE_TIMEOUT] = "timeout",
  [FERMATA_BODY_RULE_ITEMS] = "items",
  [FERMATA_BODY_RULE_COPIES] = "copies",
  [FERMATA_BODY_RULE_WHILE] = "while",
  [FERMATA_BODY_RULE_TRY] = "try",
  [FERMATA_BODY_RULE_BRANCHES] = "branches",
  [FERMATA_BODY_RULE_RACE] = "race",
};

static const char *const exit_names[] = {
  [FERMATA_EXIT_NONE] = "none",
  [FERMATA_EXIT_RETURN] = "return",
  [FERMATA_EXIT_BREAK] = "break",
  [FERMATA_EXIT_CONTINUE] = "continue",
};

/**
 * fermata_member_form_to_string:
 * @form: a form
 *
 * The word for a form, as the schema and `fermata types` use it.
 *
 * Returns: (transfer none): the word
 */
const char *
fermata_member_form_to_string (FermataMemberForm form)
{
  g_return_val_if_fail ((guint) form < G_N_ELEMENTS (form_names), NULL);

  return form_names[form];
}

/**
 * fermata_member_type_to_string:
 * @type: a type
 *
 * The word for a parameter's type, as `fermata types` uses it.
 *
 * Returns: (transfer none): the word
 */
const char *
fermata_member_type_to_string (FermataMemberType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (type_names), NULL);

  return type_names[type];
}

static gboolean
find_word (const char *const *words,
           guint              n_words,
           const char        *word,
           guint             *index)
{
  for (guint i = 0; i < n_words; i++)
    {
      if (g_str_equal (words[i], word))
        {
          *index = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * fermata_member_form_from_string:
 * @string: a word
 * @form: (out): the form
 *
 * Finds the form that a word stands for.
 *
 * Returns: %FALSE if there is none
 */
gboolean
fermata_member_form_from_string (const char        *string,
                                 FermataMemberForm *form)
{
  guint index;

  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (form != NULL, FALSE);

  if (!find_word (form_names, G_N_ELEMENTS (form_names), string, &index))
    return FALSE;
  *form = index;

  return TRUE;
}

/**
 * fermata_member_type_from_string:
 * @string: a word
 * @type: (out): the type
 *
 * Finds the parameter's type that a word stands for.
 *
 * Returns: %FALSE if there is none
 */
gboolean
fermata_member_type_from_string (const char        *string,
                                 FermataMemberType *type)
{
  guint index;

  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  if (!find_word (type_names, G_N_ELEMENTS (type_names), string, &index))
    return FALSE;
  *type = index;

  return TRUE;
}

/**
 * fermata_body_rule_to_string:
 * @rule: a rule
 *
 * The word for how a node runs its body, as `fermata types` uses it.
 *
 * Returns: (transfer none): the word
 */
const char *
fermata_body_rule_to_string (FermataBodyRule rule)
{
  g_return_val_if_fail ((guint) rule < G_N_ELEMENTS (rule_names), NULL);

  return rule_names[rule];
}

/**
 * fermata_body_rule_from_string:
 * @string: a word
 * @rule: (out): the rule
 *
 * Finds the rule that a word stands for.
 *
 * Returns: %FALSE if there is none
 */
gboolean
fermata_body_rule_from_string (const char      *string,
                               FermataBodyRule *rule)
{
  guint index;

  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (rule != NULL, FALSE);

  if (!find_word (rule_names, G_N_ELEMENTS (rule_names), string, &index))
    return FALSE;
  *rule = index;

  return TRUE;
}

/**
 * fermata_body_rule_is_loop:
 * @rule: a rule
 *
 * Tells whether a body that runs by a rule is run again and again, so that nodes in it may
 * break or continue.
 *
 * Returns: whether it is a loop
 */
gboolean
fermata_body_rule_is_loop (FermataBodyRule rule)
{
  return rule == FERMATA_BODY_RULE_ITEMS || rule == FERMATA_BODY_RULE_COPIES
         || rule == FERMATA_BODY_RULE_WHILE;
}

/**
 * fermata_exit_to_string:
 * @exit: an exit
 *
 * The word for what a node ends, as `fermata types` uses it.
 *
 * Returns: (transfer none): the word
 */
const char *
fermata_exit_to_string (FermataExit exit)
{
  g_return_val_if_fail ((guint) exit < G_N_ELEMENTS (exit_names), NULL);

  return exit_names[exit];
}

/**
 * fermata_exit_from_string:
 * @string: a word
 * @exit: (out): the exit
 *
 * Finds what a word says that a node ends.
 *
 * Returns: %FALSE if there is nothing of that name
 */
gboolean
fermata_exit_from_string (const char  *string,
                          FermataExit *exit)
{
  guint index;

  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (exit != NULL, FALSE);

  if (!find_word (exit_names, G_N_ELEMENTS (exit_names), string, &index))
    return FALSE;
  *exit = index;

  return TRUE;
}

/**
 * fermata_node_description_find: (skip)
 * @self: a description
 * @name: a member of `with`
 *
 * Looks a parameter up by name.
 *
 * Returns: (transfer none) (nullable): the parameter, `NULL` if the type has
 *   none of that name
 */
const FermataParameter *
fermata_node_description_find (const FermataNodeDescription *self,
                               const char                   *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->n_parameters; i++)
    {
      if (strcmp (self->parameters[i].name, name) == 0)
        return &self->parameters[i];
    }
  return NULL;
}
