package dataprep.publication;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dataprep.publication.Services.Effect;
import dataprep.publication.Store.Table;

/**
 * The one table of the Glue catalog.
 *
 * @param versions whether updates are counted; needed only if the definition reads the count
 * @see <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateTable.html">UpdateTable</a>
 */
record ModelCatalog(boolean versions) {
    static final String REFUSED = "Glue.ConcurrentModificationException";
    static final String TRANSIENT = "Glue.InternalServiceException";
    static final String LOST = "Glue.SdkClientException";

    Effect call(Store store, String action, Request request) {
        var json = JsonNodeFactory.instance.objectNode();
        var table = store.table();
        if (action.equals("getTable")) {
            var found = json.putObject("Table");
            table.input().properties().forEach(entry -> found.set(entry.getKey(), entry.getValue()));
            found.put("VersionId", Integer.toString(table.version()));
            return new Effect(store, CallResult.of(json));
        }
        if (!action.equals("updateTable")) {
            throw new UnsupportedOperationException("Glue's " + action + " is not modelled");
        }
        if (request.has("VersionId") && !request.text("VersionId").equals(Integer.toString(table.version()))) {
            return Effect.failed(store, REFUSED, "the table has another version");
        }
        var updated = new Table(request.arguments().path("TableInput"), versions ? table.version() + 1 : 0);
        return new Effect(store.with(updated), CallResult.of(json));
    }
}
