/* fermata-check-texts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Text that is taken as it stands should not look as if it were not. */
static void
report_template (FermataCheck             *self,
                 const FermataThingMember *member,
                 FermataValue             *string)
{
  const char *text = fermata_value_get_string (string, NULL);
  const char *braces = strstr (text, "{{");
  gboolean may_be_meant = member->role == FERMATA_ROLE_DEFAULT || member->role == FERMATA_ROLE_FOREIGN;

  fermata_check_report (self, may_be_meant ? FERMATA_SEVERITY_WARNING : FERMATA_SEVERITY_ERROR,
                        "takes-no-template",
                        _("“%s” takes no template; the text is used as it stands"), member->name);
  if (braces != NULL)
    fermata_check_point_at_byte (self, (gsize) (braces - text));
}

/* A text as its member's form has it. Gives whether it is one that is computed,
 * or should not be one that is, so that its type is not known here. */
gboolean
fermata_check_text (FermataCheck             *self,
                    const FermataThingMember *member,
                    FermataValue             *string,
                    guint16                   names)
{
  if (self->level->model != FERMATA_CHECK_MODEL_FERMATA)
    return fermata_check_scxml_text (self, member, string);

  switch ((FermataMemberForm) member->form)
    {
    case FERMATA_MEMBER_FORM_EXPRESSION:
      fermata_check_expression (self, string, member, names);
      return TRUE;

    case FERMATA_MEMBER_FORM_TEMPLATE:
      if (!fermata_check_has_braces (string))
        return FALSE;
      fermata_check_template (self, string, member, names);
      return TRUE;

    case FERMATA_MEMBER_FORM_LITERAL:
      if (!fermata_check_has_braces (string))
        return FALSE;
      report_template (self, member, string);
      return TRUE;

    case FERMATA_MEMBER_FORM_CODE:
      fermata_check_code (self, string);
      return FALSE;

    default:
      return FALSE;
    }
}
