"""The one exception that is meant for the person at the keyboard."""


class CouncilsError(Exception):
    """Something the user can act on: a sentence naming file, place, what is wrong and what to do.

    The command prints it without a traceback and exits non-zero; anything else that is raised is a fault of ours.
    """
