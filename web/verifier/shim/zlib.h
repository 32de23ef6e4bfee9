/* The little of zlib that engines/seal/idb.cpp names; the browser opens, nothing here compresses. */
#pragma once
typedef unsigned long uLong;
typedef unsigned long uLongf;
#define Z_OK 0
#define Z_BEST_COMPRESSION 9
int uncompress2(unsigned char* to, unsigned long* to_size, unsigned char const* from, unsigned long* from_size);
unsigned long compressBound(unsigned long size);
int compress2(unsigned char* to, unsigned long* to_size, unsigned char const* from, unsigned long size, int level);
