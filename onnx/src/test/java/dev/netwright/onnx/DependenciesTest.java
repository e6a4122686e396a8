package dev.netwright.onnx;

import com.google.protobuf.Message;
import dev.netwright.testing.LibraryVersions;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    @Test
    void messagesAreOfTheVersionThatIsToBeTested() {
        LibraryVersions.check(Message.class);
    }
}
