package dev.netwright.processor.plan;

import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Window;

/** What a pool touches on both sides of its windows. */
final class PoolAccesses {
    private PoolAccesses() {}

    /** One float for each window and channel. */
    static Access pooled(
            Access access,
            PoolWindow rows,
            Axis rowAxis,
            PoolWindow columns,
            Axis columnAxis,
            Nest.Loop channels,
            int side) {
        return access.with(Access.Padding.LANES)
                .loop(rows.output(), rowAxis.stride())
                .loop(columns.output(), columnAxis.stride())
                .loop(channels.count(), channels.stride(side));
    }

    /** The place of the maximum of each window and channel. */
    static Access indices(Access access, PoolIndex index, PoolWindow rows, PoolWindow columns, Nest.Loop channels) {
        return pooled(access.samples(index.sample()), rows, index.rows(), columns, index.columns(), channels, 2);
    }

    /** What the windows reach of the image; all of it where they leave it, as nothing beside it is touched. */
    static Access windows(
            Access access, PoolWindow rows, Axis rowAxis, PoolWindow columns, Axis columnAxis, Nest.Loop channels) {
        Access all = along(along(access.with(Access.Padding.LANES), rows, rowAxis), columns, columnAxis);
        return all.loop(channels.count(), channels.stride(1));
    }

    private static Access along(Access access, PoolWindow windows, Axis axis) {
        if (windows instanceof Window even && !even.leavesInput()) {
            return access.loop(even.output(), even.stride() * axis.stride())
                    .loop(even.kernel(), even.dilation() * axis.stride());
        }
        return access.loop(windows.extent(), axis.stride());
    }
}
