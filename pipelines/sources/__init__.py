"""One module per publication: each reads a publisher's file and gives back its facts in the publisher's words."""
