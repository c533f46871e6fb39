package dataprep.asl;

/**
 * A scope inside a state.
 *
 * @param field the field that holds it, such as {@code Branches[1]}
 */
public record Scope(String field, Branch branch) {}
