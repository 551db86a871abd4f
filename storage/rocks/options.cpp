#include "storage/rocks/options.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <cstdarg>

namespace maek::storage {
namespace {

// RocksDB's LOG would be renamed by every reader beside a writer, and nobody reads it.
class SilentLogger : public rocksdb::Logger {
public:
    SilentLogger() : rocksdb::Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
    using rocksdb::Logger::Logv;
    void Logv(const char*, va_list) override {}
};

}  // namespace

rocksdb::Options database_options(bool create, bool read_only) {
    rocksdb::Options options;
    options.create_if_missing = create;
    options.error_if_exists = create;
    options.info_log = std::make_shared<SilentLogger>();

    // The default mode drops everything after a flipped bit in the log without a word. This one
    // refuses, and still accepts the torn last record that a kill leaves.
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    options.paranoid_checks = true;
    options.force_consistency_checks = true;
    options.verify_sst_unique_id_in_manifest = true;
    options.best_efforts_recovery = false;
    options.memtable_protection_bytes_per_key = 8;
    options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
    options.atomic_flush = false;
    options.recycle_log_file_num = 0;
    options.wal_compression = rocksdb::kNoCompression;
    options.allow_mmap_reads = false;
    options.allow_mmap_writes = false;
    options.max_bgerror_resume_count = 0;  // never Resume()

    // A reader keeps every file open: the writer beside it may delete them.
    options.max_open_files = read_only ? -1 : 512;
    options.write_buffer_size = std::size_t{32} << 20;
    options.max_background_jobs = 2;
    options.compaction_style = rocksdb::kCompactionStyleLevel;
    options.compression = rocksdb::kLZ4Compression;
    options.keep_log_file_num = 1;
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
    options.max_manifest_file_size = std::uint64_t{64} << 20;

    rocksdb::BlockBasedTableOptions table;
    table.format_version = 5;
    table.checksum = rocksdb::kXXH3;
    table.block_size = 16 << 10;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.block_cache = rocksdb::NewLRUCache(std::size_t{16} << 20);
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

}  // namespace maek::storage
