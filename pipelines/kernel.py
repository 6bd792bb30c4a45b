"""The kernel of executed notebooks: ipykernel's own, begun without the grammar that Altair's import would wait for."""

from pipelines.iri_grammar import leave_out


def main() -> None:
    """Serve as a kernel until told to stop."""
    leave_out()
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()


if __name__ == "__main__":
    main()
