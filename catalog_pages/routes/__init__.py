"""What the public pages answer, as mixins of the pages: routes know published versions, and no page above theirs."""
