"""What would mend an edition: the slip to blame, the entry to write, each proved before it is offered."""
