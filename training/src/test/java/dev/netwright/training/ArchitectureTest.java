package dev.netwright.training;

import dev.netwright.testing.Rooms;
import org.junit.jupiter.api.Test;

/** The training kit's rooms: the trainer knows the others, and none of them a trainer. */
class ArchitectureTest {
    @Test
    void noRoomUsesWhatItsArrowsDoNotLeadTo() {
        Rooms.of("dev.netwright.training")
                .room("picture")
                .room("decode")
                .room("transforms", "decode")
                .room("metrics", "picture")
                .room("data", "transforms")
                .room("tensorboard.proto")
                .room("tensorboard", "tensorboard.proto", "picture", "transforms")
                .room("trainer", "data", "metrics", "picture", "tensorboard")
                .check();
    }
}
