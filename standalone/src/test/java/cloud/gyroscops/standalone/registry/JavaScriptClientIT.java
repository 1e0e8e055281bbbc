package cloud.gyroscops.standalone.registry;

import org.junit.jupiter.api.Test;

class JavaScriptClientIT {

    @Test
    void javaScriptReadsWhatJavaWritesAndTheOtherWayRound() throws Exception {
        try (OneBroker broker = new OneBroker();
                EmbeddedSchemaRegistry registry =
                        new EmbeddedSchemaRegistry(broker.bootstrapServers(), "127.0.0.1", 0)) {
            JavaScriptClient.assertUnderstands(registry.uri());
        }
    }
}
