export * from 'wouter';
